import { deepEqual, equal, match, rejects } from "node:assert/strict";

import {
  asConfigurationError,
  exitCodeOf,
  exitCodes,
  InUse,
  Interrupted,
  runToExitCode,
  WrongConfiguration,
} from "../../lib/runs/exit-codes";
import { Problem } from "../../lib/runtime/problem";
import { captureOutput } from "../helpers/capture";

describe("exitCodeOf(error)", () => {
  it("gives the documented codes, and 1 for what is not known", () => {
    deepEqual(exitCodes, { done: 0, wrongConfiguration: 64, saved: 85, inUse: 86, tooEarly: 87 });
    equal(exitCodeOf(new Interrupted("SIGTERM")), 85);
    equal(exitCodeOf(new InUse("a.", "b.")), 86);
    equal(exitCodeOf(new WrongConfiguration("a.", "b.")), 64);
    for (const error of [new Problem("a.", "b."), new Error("c"), undefined]) equal(exitCodeOf(error), 1);
  });
});

describe("asConfigurationError(error)", () => {
  it("makes of a problem one of the configuration, in the same words, and leaves all else as it is", () => {
    const made = asConfigurationError(new Problem("a.", "b.")) as Problem;
    deepEqual([made instanceof WrongConfiguration, made.what, made.fix], [true, "a.", "b."]);
    const [known, other] = [new WrongConfiguration("a.", "b."), new Error("c")];
    equal(asConfigurationError(known), known);
    equal(asConfigurationError(other), other);
  });
});

describe("Interrupted", () => {
  it("names the signal and what to do", () => {
    const error = new Interrupted("SIGUSR1");
    equal(error.signal, "SIGUSR1");
    match(error.message, /stopped \(SIGUSR1\)\. Run the same again/);
  });
});

describe("runToExitCode(work)", () => {
  it("gives the code of the work, and of its problem, which is said in its sentence", async () => {
    equal(await runToExitCode(() => 7), 7);
    const said = await captureOutput(async () => {
      equal(await runToExitCode(() => Promise.reject(new InUse("a.", "b."))), 86);
    }, process.stderr);
    equal(said, "a. b.\n");
  });

  it("throws all else on", async () => {
    await rejects(
      runToExitCode(() => {
        throw new RangeError("c");
      }),
      RangeError,
    );
  });
});
