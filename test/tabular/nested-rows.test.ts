import { deepEqual, throws } from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  appendNested,
  nestedFile,
  readNested,
  readNestedLogits,
  readTestedIds,
  type MeasuredNested,
} from "../../lib/tabular/nested-rows";
import { temporaryFolder } from "../helpers/temporary";

const row: MeasuredNested["row"] = {
  ...{ arm: "ridge", search: 1, fold: 2, network: "abc", code: [1, 0], parameters: 9, multiplyAdds: 99 },
  ...{ trainings: 3, cpuSeconds: 1.5, supernetSeconds: 0, areas: [0.8, 0.7], protocol: "def" },
};
const first = [
  {
    row,
    logits: [
      [1, -2.0004, 3],
      [0.25, 0, -0.5],
    ],
  },
  { row: { ...row, search: null, areas: [0.9] }, logits: [[7, 8, 9]] },
];

describe("the rows of searches on outer folds", () => {
  const root = temporaryFolder();
  const logitsOf = () => readNestedLogits(root.path, readNested(root.path)).map((own) => own.map((one) => [...one]));

  it("are kept one after the other, with what each training says of each image, and are none where there is no file", () => {
    deepEqual(readNested(root.path), []);
    deepEqual(readTestedIds(root.path), {});
    appendNested(root.path, first, ["a", "b", "c"]);
    appendNested(root.path, [{ row: { ...row, fold: 3, areas: [0.5] }, logits: [[4, 5]] }], ["d", "e"]);
    deepEqual(
      readNested(root.path).map(({ fold, search, logits }) => [fold, search, logits]),
      [
        [2, 1, { from: 0, count: 6 }],
        [2, null, { from: 6, count: 3 }],
        [3, 1, { from: 9, count: 2 }],
      ],
    );
    deepEqual(logitsOf(), [
      [
        [1, -2, 3],
        [0.25, 0, -0.5],
      ],
      [[7, 8, 9]],
      [[4, 5]],
    ]);
    deepEqual(readTestedIds(root.path), { 2: ["a", "b", "c"], 3: ["d", "e"] });
  });

  it("lose what an interruption left of logits without rows", () => {
    appendNested(root.path, first, ["a", "b", "c"]);
    appendFileSync(join(root.path, "nested-logits.int16"), Buffer.from([1, 2, 3, 4]));
    throws(logitsOf, /has 11 numbers, which are not those of 2 rows/);
    appendNested(root.path, [{ row: { ...row, fold: 3, areas: [0.5] }, logits: [[4, 5]] }], ["d", "e"]);
    deepEqual(logitsOf().at(-1), [[4, 5]]);
  });

  it("are refused where a line is none, and images where they are no lists", () => {
    writeFileSync(join(root.path, nestedFile), `${JSON.stringify({ ...row, areas: "0.8" })}\n`);
    throws(() => readNested(root.path), /line 1.*areas/);
    writeFileSync(join(root.path, "nested-images.json"), '{"1": "a"}');
    throws(() => readTestedIds(root.path), /nested-images\.json/);
  });
});
