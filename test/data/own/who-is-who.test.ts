import { deepEqual, equal, throws } from "node:assert/strict";

import { nothingSaid } from "../../../lib/data/own/description";
import { placeImages } from "../../../lib/data/own/place-images";
import { whoIsWho } from "../../../lib/data/own/who-is-who";

const place = (...files: string[]) =>
  placeImages(
    files.map((file) => ({ path: file, parts: file.split("/") })),
    {},
  );
const three = place("benign/P 1/1.png", "benign/P2/1.png", "malignant/P3.0/1.png");
const table = { name: "t.csv", columns: { image: "i", patient: "p" }, unused: [], rows: [], form: "" };

describe("whoIsWho(placed, table, description)", () => {
  it("takes the table's column before folders", () => {
    const { of, told, findings } = whoIsWho(three, table, nothingSaid);
    deepEqual([of(three[0]!), told, findings], [undefined, 'the column "p" of t.csv', []]);
  });

  it("takes folders where there is no such column, and tells it", () => {
    const { of, findings, kept } = whoIsWho(three, { ...table, columns: { image: "i" } }, nothingSaid);
    deepEqual(three.map(of), ["P 1", "P2", "P3.0"]);
    deepEqual([findings.map(({ check }) => check), kept], [["patients by folder"], { folder: 1 }]);
  });

  it("does as was said, and warns where nobody knows", () => {
    equal(whoIsWho(three, null, { ...nothingSaid, patients: { folder: 1 } }).findings.length, 0);
    equal(whoIsWho(three, null, { ...nothingSaid, patients: "none" }).findings[0]!.check, "unknown patients");
    equal(whoIsWho(place("benign/1.png"), null, nothingSaid).findings[0]!.severity, "warning");
    throws(
      () => whoIsWho(place("benign/a/1.png", "malignant/b/1.png"), null, nothingSaid),
      /nothing says whether those are patients/,
    );
  });
});
