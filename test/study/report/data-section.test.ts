import { deepEqual, equal, match } from "node:assert/strict";

import { describeData } from "../../../lib/study/report/data-section";
import { temporaryFolder } from "../../helpers/temporary";
import { smokeStudy, tableNamed, textsOf } from "../helpers";

describe("describeData(study)", () => {
  const folder = temporaryFolder();

  it("names the set, its licence, its hash, and counts images, patients and classes", async () => {
    const study = await smokeStudy(folder.path);
    const said = textsOf(describeData(study));
    const malignant = study.records.filter(({ label }) => label === "malignant").length;
    const patients = new Set(study.records.map(({ patient }) => patient)).size;
    match(said, /Data set: Phantoms: 240 synthetic images/);
    match(said, /Licence: that of this project/);
    match(said, new RegExp(`Malignant: ${malignant} \\(`));
    match(said, new RegExp(`Patients: ${patients}$`, "m"));
    match(said, new RegExp(study.split.dataHash));
    match(said, new RegExp(study.prepared.hash));
    match(said, /^caution: Synthetic/m);
  });

  it("counts devices: every image once", async () => {
    const study = await smokeStudy(folder.path);
    const { rows } = tableNamed(describeData(study), "What the set states");
    deepEqual(new Set(rows.map(({ what }) => what)), new Set(["device"]));
    equal(
      rows.reduce((sum, { images }) => sum + (images as number), 0),
      study.records.length,
    );
  });

  it("says that patients are not known where an image has none", async () => {
    const study = await smokeStudy(folder.path);
    const records = study.records.map((record, index) => (index === 0 ? { ...record, patient: undefined } : record));
    match(textsOf(describeData({ ...study, records })), /Patients: not known for every image/);
  });

  it("names each of several sets with its images, licence and citation", async () => {
    const study = await smokeStudy(folder.path);
    const records = study.records.map((record, index) => ({ ...record, set: index % 3 === 0 ? "udiat" : "bus-bra" }));
    const section = describeData({ ...study, records, dataset: "bus-bra+udiat" });
    match(textsOf(section), /Licences and citations: of each set/);
    const { rows } = tableNamed(section, "The sets that are taken together");
    deepEqual(
      rows.map(({ images }) => images),
      [160, 80],
    );
    for (const { licence, citation } of rows) equal(String(licence).length > 5 && String(citation).length > 10, true);
  });

  it("goes on with a set that is not known, with its licence not reported", async () => {
    const study = await smokeStudy(folder.path);
    const said = textsOf(describeData({ ...study, dataset: "<b>elsewhere</b>" }));
    match(said, /Data set: <b>elsewhere<\/b>/);
    match(said, /Licence: null/);
  });
});
