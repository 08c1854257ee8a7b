import { deepEqual, equal } from "node:assert/strict";

import { parseDicom } from "../../lib/dicom/parse";
import { readRegions } from "../../lib/dicom/ultrasound-regions";
import { pictureElements, writeDicom, type ElementList } from "../helpers/dicom";

/** A region of tissue from (2, 3) to (21, 12), 0.2 and 0.1 mm a pixel, unless told otherwise. */
const region = (others: ElementList = {}): ElementList => ({
  ...({
    "0018,6012": ["US", 1],
    "0018,6014": ["US", 1],
    "0018,6018": ["UL", 2],
    "0018,601a": ["UL", 3],
    "0018,601c": ["UL", 21],
    "0018,601e": ["UL", 12],
    "0018,6024": ["US", 3],
    "0018,6026": ["US", 3],
    "0018,602c": ["FD", 0.02],
    "0018,602e": ["FD", -0.01],
  } satisfies ElementList),
  ...others,
});

async function read(items: readonly ElementList[], syntax?: string) {
  const elements = pictureElements(40, 30, new Uint8Array(1200), { "0018,6011": ["SQ", items] });
  const { dataSet } = await parseDicom(writeDicom(elements, { syntax }), "a.dcm");
  return readRegions(dataSet, 30, 40);
}

describe("readRegions(dataSet, rows, columns)", () => {
  it("gives the box of tissue, its last row and column within, and its scale in millimetres", async () => {
    for (const syntax of ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"]) {
      const { tissue, stated } = await read([region()], syntax);
      equal(stated, 1);
      deepEqual(tissue, [
        { box: { left: 2, top: 3, width: 20, height: 10 }, pixelSize: { across: 0.2, down: 0.1 }, flow: false },
      ]);
    }
  });

  it("keeps each of several, with its own scale", async () => {
    const right = region({ "0018,6018": ["UL", 24], "0018,601c": ["UL", 39], "0018,602c": ["FD", 0.03] });
    deepEqual(
      (await read([region(), right])).tissue.map(({ box, pixelSize }) => [box.left, pixelSize.across]),
      [
        [2, 0.2],
        [24, 0.3],
      ],
    );
  });

  it("holds corners to the picture, also below zero", async () => {
    const { tissue } = await read([region({ "0018,6018": ["UL", -4], "0018,601c": ["UL", 4000] })]);
    deepEqual(tissue[0]!.box, { left: 0, top: 3, width: 40, height: 10 });
  });

  it("leaves out what is not tissue in two dimensions with a scale", async () => {
    const wrong: readonly ElementList[] = [
      { "0018,6012": ["US", 3] },
      { "0018,6014": ["US", 3] },
      { "0018,6024": ["US", 4] },
      { "0018,602c": ["FD", 0] },
      { "0018,602c": ["FD", NaN] },
      { "0018,6018": ["UL", 50], "0018,601c": ["UL", 60] },
      { "0018,601c": ["UL", 1] },
    ];
    for (const others of wrong) {
      deepEqual(await read([region(others)]), { stated: 1, tissue: [] });
    }
    deepEqual(await read([]), { stated: 0, tissue: [] });
  });

  it("says where colour flow is drawn over tissue, and where it stands beside it", async () => {
    const flow = region({ "0018,6014": ["US", 2], "0018,6018": ["UL", 10], "0018,601c": ["UL", 15] });
    equal((await read([region(), flow])).tissue[0]!.flow, true);
    const beside = region({ "0018,6014": ["US", 2], "0018,6018": ["UL", 25], "0018,601c": ["UL", 35] });
    equal((await read([region(), beside])).tissue[0]!.flow, false);
  });
});
