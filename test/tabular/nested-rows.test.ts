import { deepEqual, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { appendNested, nestedFile, readNested, type NestedRow } from "../../lib/tabular/nested-rows";
import { temporaryFolder } from "../helpers/temporary";

describe("the rows of searches on outer folds", () => {
  const root = temporaryFolder();
  const row: NestedRow = {
    ...{ arm: "ridge", search: 1, fold: 2, network: "abc", code: [1, 0], parameters: 9, multiplyAdds: 99 },
    ...{ trainings: 3, cpuSeconds: 1.5, supernetSeconds: 0, areas: [0.8, 0.7], protocol: "def" },
  };

  it("are kept one after the other, and are none where there is no file", () => {
    deepEqual(readNested(root.path), []);
    appendNested(root.path, [row]);
    appendNested(root.path, [{ ...row, fold: 3 }]);
    deepEqual(
      readNested(root.path).map(({ fold }) => fold),
      [2, 3],
    );
  });

  it("are refused where a line is none", () => {
    writeFileSync(join(root.path, nestedFile), `${JSON.stringify({ ...row, areas: "0.8" })}\n`);
    throws(() => readNested(root.path), /line 1.*areas/);
  });
});
