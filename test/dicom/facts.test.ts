import { deepEqual, equal } from "node:assert/strict";

import { readFacts, readIdentity } from "../../lib/dicom/facts";
import { parseDicom } from "../../lib/dicom/parse";
import { pictureElements, writeDicom, type ElementList } from "../helpers/dicom";

const dataSetOf = async (others: ElementList) =>
  (await parseDicom(writeDicom(pictureElements(2, 2, new Uint8Array(4), others)), "a.dcm")).dataSet;
const secret = "GEHEIM";

describe("readFacts(dataSet)", () => {
  it("keeps what is allowed and nothing else, whatever else the header holds", async () => {
    const facts = readFacts(
      await dataSetOf({
        "0008,0020": ["DA", "20200131"],
        "0008,0050": ["SH", secret],
        "0008,0070": ["LO", "Maker"],
        "0008,0080": ["LO", secret],
        "0008,1030": ["LO", secret],
        "0008,1090": ["LO", "Model 7"],
        "0010,0010": ["PN", secret],
        "0010,0020": ["LO", secret],
        "0010,1010": ["AS", "045Y"],
        "0018,1063": ["DS", "33.3"],
        "0020,000d": ["UI", "1.2.3"],
        "0020,0062": ["CS", "L"],
        "0009,0010": ["LO", secret],
      }),
    );
    deepEqual(facts, {
      modality: "US",
      manufacturer: "Maker",
      model: "Model 7",
      side: "left",
      age: 45,
      frameTime: 33.3,
    });
  });

  it("caps ages above 89, and leaves out sides that contradict each other", async () => {
    equal(readFacts(await dataSetOf({ "0010,1010": ["AS", "097Y"] })).age, 90);
    equal(readFacts(await dataSetOf({ "0010,1010": ["AS", "004M"] })).age, undefined);
    equal(readFacts(await dataSetOf({ "0020,0060": ["CS", "R"] })).side, "right");
    equal(readFacts(await dataSetOf({ "0020,0060": ["CS", "R"], "0020,0062": ["CS", "L"] })).side, undefined);
    equal(readFacts(await dataSetOf({ "0020,0062": ["CS", "B"] })).side, undefined);
  });

  it("takes control characters and markup out of names of devices", async () => {
    equal(readFacts(await dataSetOf({ "0008,1090": ["LO", "a\x1b[31m<b>|c"] })).model, "a31mbc");
  });
});

describe("readIdentity(dataSet)", () => {
  it("gives number, issuer and examination, in the alphabet that the file names", async () => {
    const identity = readIdentity(
      await dataSetOf({
        "0008,0005": ["CS", "ISO_IR 192"],
        "0010,0020": ["LO", Buffer.from("Zoë")],
        "0010,0021": ["LO", "Clinic"],
        "0020,000d": ["UI", "1.2.3"],
      }),
    );
    deepEqual(identity, { patient: "Zoë", issuer: "Clinic", study: "1.2.3" });
  });

  it("takes numbers that many share for none", async () => {
    for (const shared of ["", "0", "000", "ANON", "Anonymous", "unknown"]) {
      equal(readIdentity(await dataSetOf({ "0010,0020": ["LO", shared] })).patient, null, shared);
    }
  });
});
