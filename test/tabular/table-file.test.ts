import { deepEqual, equal, throws } from "node:assert/strict";
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { appendRows, readLogits, readRows, type MeasuredRow } from "../../lib/tabular/table-file";
import { temporaryFolder } from "../helpers/temporary";

/** A row of the network at a place, with some logits. */
function measured(place: number, validation: readonly number[], test: readonly number[] = [0.5, -0.25]): MeasuredRow {
  return {
    row: {
      ...{ set: "shape", place, network: "abc", fold: 1, repeat: 1, seed: 11, size: 32, epochs: 2 },
      ...{ cpuSeconds: 3.5, trainingSeconds: 3, area: 0.75, loss: 0.5, accuracy: 0.7 },
      curve: { area: [0.7, 0.75], loss: [0.6, 0.5], accuracy: [0.6, 0.7] },
      ...{ protocol: "def", version: "1.0.0" },
    },
    ...{ validation, test },
  };
}

describe("the table of a benchmark", () => {
  const root = temporaryFolder();
  const lists = (part: "validation" | "test") =>
    readLogits(root.path, part, readRows(root.path)).map((list) => [...list]);

  it("keeps rows and logits to a thousandth, in the order in which they came", () => {
    deepEqual(readRows(root.path), []);
    appendRows(root.path, [measured(0, [1.23449, -2]), measured(1, [0.001, 3, -4])]);
    appendRows(root.path, [measured(7, [100, -100], [9, 8])]);
    deepEqual(
      readRows(root.path).map(({ place, logits }) => [place, logits.from, logits.count]),
      [
        [0, 0, 2],
        [1, 2, 3],
        [7, 5, 2],
      ],
    );
    deepEqual(lists("validation"), [
      [1.234, -2],
      [0.001, 3, -4],
      [32.767, -32.767],
    ]);
    deepEqual(lists("test"), [
      [0.5, -0.25],
      [0.5, -0.25],
      [9, 8],
    ]);
  });

  it("can be read as little-endian numbers of 16 bits by any program", () => {
    appendRows(root.path, [measured(0, [1, -1])]);
    deepEqual([...readFileSync(join(root.path, "validation-logits.int16"))], [0xe8, 0x03, 0x18, 0xfc]);
  });

  it("cuts off the logits that an interruption left without rows", () => {
    appendRows(root.path, [measured(0, [1, 2])]);
    for (const name of ["validation-logits.int16", "test-logits.int16"])
      appendFileSync(join(root.path, name), Buffer.from([1, 2, 3, 4]));
    appendRows(root.path, [measured(1, [3, 4])]);
    deepEqual(lists("validation"), [
      [1, 2],
      [3, 4],
    ]);
    equal(lists("test").length, 2);
  });

  it("refuses a row that is there already, a line that is none, and logits that are missing", () => {
    appendRows(root.path, [measured(0, [1, 2])]);
    throws(() => {
      appendRows(root.path, [measured(0, [1, 2])]);
    }, /has the row shape 0, fold 1, repeat 1, 32 px, 2 epochs already/);
    truncateSync(join(root.path, "test-logits.int16"), 2);
    throws(() => {
      appendRows(root.path, [measured(1, [1, 2])]);
    }, /test-logits\.int16 has 1 numbers, expected 2/);
    truncateSync(join(root.path, "validation-logits.int16"), 2);
    throws(() => lists("validation"), /has 1 numbers, which are not those of 1 rows/);
    const line = readFileSync(join(root.path, "table.jsonl"), "utf8");
    writeFileSync(join(root.path, "table.jsonl"), line + line);
    throws(() => readRows(root.path), /two rows of shape 0/);
    writeFileSync(join(root.path, "table.jsonl"), line.replace('"fold":1', '"fold":"one"'));
    throws(() => readRows(root.path), /table\.jsonl, line 1.*fold/s);
  });
});
