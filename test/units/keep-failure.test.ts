import { deepEqual, equal, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Problem } from "../../lib/runtime/problem";
import { InUse, Interrupted, WrongConfiguration } from "../../lib/runs/exit-codes";
import { keepingFailure } from "../../lib/units/keep-failure";
import { readFailure } from "../../lib/units/unit-folder";
import { temporaryFolder } from "../helpers/temporary";

describe("keepingFailure(folder, work)", () => {
  const folder = temporaryFolder();
  const failWith = (error: Error) =>
    rejects(
      keepingFailure(folder.path, () => Promise.reject(error)),
      error,
    );

  it("gives what the work gives, and notes nothing where it was stopped, or another process has the unit", async () => {
    equal(await keepingFailure(folder.path, () => Promise.resolve(7)), 7);
    await failWith(new Interrupted("SIGTERM"));
    await failWith(new InUse("It is in use.", "Wait."));
    equal(readFailure(folder.path), null);
  });

  it("throws what the work throws, also where a file has the place of the unit's folder", async () => {
    const error = new Problem("There is a file.", "Move it away.");
    writeFileSync(join(folder.path, "unit"), "");
    await rejects(
      keepingFailure(join(folder.path, "unit"), () => Promise.reject(error)),
      error,
    );
  });

  it("notes why it failed, and whether trying again can help", async () => {
    await failWith(new Problem("The disk is full.", "Free some space."));
    deepEqual(readFailure(folder.path), { error: "The disk is full. Free some space.", wrongConfiguration: false });
    await failWith(new WrongConfiguration("No such fold.", "Correct it."));
    deepEqual(readFailure(folder.path), { error: "No such fold. Correct it.", wrongConfiguration: true });
  });
});
