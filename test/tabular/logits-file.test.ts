import { deepEqual, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { appendThousandths, endOf, placesBehind, readThousandths, takeLogits } from "../../lib/tabular/logits-file";
import { temporaryFolder } from "../helpers/temporary";

describe("a file of logits", () => {
  const root = temporaryFolder();
  const file = () => join(root.path, "logits.int16");

  it("has a logit in two bytes, the lower first, to a thousandth and within ±32.767", () => {
    appendThousandths(file(), 0, [1, -0.0014, 40, -40]);
    deepEqual([...readFileSync(file())], [0xe8, 0x03, 0xff, 0xff, 0xff, 0x7f, 0x01, 0x80]);
    deepEqual([...readThousandths(file())], [1000, -1, 32_767, -32_767]);
  });

  it("keeps what has rows, and refuses to go on where there is less", () => {
    appendThousandths(file(), 0, [1, 2, 3]);
    appendThousandths(file(), 2, [4]);
    deepEqual([...readThousandths(file())], [1000, 2000, 4000]);
    throws(() => {
      appendThousandths(file(), 5, [1]);
    }, /has 3 numbers, expected 5.*version control/s);
  });

  it("gives the logits of rows, and refuses rows that it is not of", () => {
    appendThousandths(file(), 0, [1, 2, 3]);
    const rows = [
      { from: 0, count: 1 },
      { from: 1, count: 2 },
    ];
    deepEqual(
      takeLogits(file(), () => rows),
      [Float64Array.of(1), Float64Array.of(2, 3)],
    );
    deepEqual(
      takeLogits(file(), () => []),
      [],
    );
    deepEqual(
      takeLogits(file(), (length) => [{ from: 0, count: length }]),
      [Float64Array.of(1, 2, 3)],
    );
    throws(() => takeLogits(file(), () => rows.slice(0, 1)), /has 3 numbers, which are not those of 1 rows/);
    throws(() => takeLogits(join(root.path, "none"), () => rows), /none is missing/);
  });

  it("has further rows behind those before, one after the other", () => {
    deepEqual(placesBehind([], [2, 3]), [
      { from: 0, count: 2 },
      { from: 2, count: 3 },
    ]);
    deepEqual(
      placesBehind(
        [
          { from: 0, count: 2 },
          { from: 2, count: 3 },
        ],
        [1],
      ),
      [{ from: 5, count: 1 }],
    );
    deepEqual([endOf([]), endOf(placesBehind([], [2, 3]))], [0, 5]);
  });
});
