import { deepEqual, equal, match } from "node:assert/strict";

import { Problem } from "../../lib/runtime/problem";
import { InUse, Interrupted, WrongConfiguration } from "../../lib/runs/exit-codes";
import { serveUnit } from "../../lib/units/serve-unit";
import type { UnitMessage } from "../../lib/units/unit-process";

describe("serveUnit(work, send)", () => {
  const serve = async (work: Parameters<typeof serveUnit>[0]) => {
    const sent: UnitMessage[] = [];
    return { code: await serveUnit(work, (message) => sent.push(message)), sent };
  };

  it("tells how far it is, and ends with 0", async () => {
    const { code, sent } = await serve((tell) => {
      tell(1, 2, "half");
      return Promise.resolve();
    });
    equal(code, 0);
    deepEqual(sent, [{ kind: "progress", done: 1, total: 2, note: "half" }]);
  });

  it("says why it ends, with the code of the contract: 64, 85, 86, else 1", async () => {
    for (const [error, expected] of [
      [new WrongConfiguration("No such fold.", "Correct it."), 64],
      [new Interrupted("SIGUSR1"), 85],
      [new InUse("It is in use.", "Wait."), 86],
      [new Problem("The disk is full.", "Free some space."), 1],
    ] as const) {
      const { code, sent } = await serve(() => Promise.reject(error));
      equal(code, expected);
      deepEqual(sent, [{ kind: "error", message: error.message }]);
    }
    const { code, sent } = await serve(() => Promise.reject(new TypeError("x is no function")));
    equal(code, 1);
    match(sent[0]?.kind === "error" ? sent[0].message : "", /x is no function\n +at /);
  });
});
