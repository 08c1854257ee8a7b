import { deepEqual, throws } from "node:assert/strict";

import { Problem } from "../../lib/runtime/problem";
import { attempt } from "../../lib/study/attempt";

describe("attempt(read)", () => {
  it("gives what was read, or what the problem said", () => {
    deepEqual(
      attempt(() => 3),
      { value: 3, missing: null },
    );
    const { value, missing } = attempt(() => {
      throw new Problem("It is not there.", "Run 05.");
    });
    deepEqual([value, missing], [null, "It is not there. Run 05."]);
  });

  it("does not hide errors of the programme's", () => {
    throws(
      () =>
        attempt(() => {
          throw new TypeError("undefined is no function");
        }),
      TypeError,
    );
  });
});
