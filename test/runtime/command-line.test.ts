import { deepEqual, equal, throws } from "node:assert/strict";

import { readCommandLine, readCount } from "../../lib/runtime/command-line";
import { Problem } from "../../lib/runtime/problem";

const options = {
  folder: { type: "string" },
  set: { type: "string", multiple: true },
  list: { type: "boolean" },
} as const;
const read = (parameters: readonly string[], names = 0) => readCommandLine("npm run it", options, parameters, names);

describe("readCommandLine(command, options, parameters, names)", () => {
  it("reads options, also those given several times, and the other arguments", () => {
    const { values, positionals } = read(["--folder", "a", "x", "--set=b=1", "--set", "c", "--list", "y"], 2);
    deepEqual({ ...values }, { folder: "a", set: ["b=1", "c"], list: true });
    deepEqual(positionals, ["x", "y"]);
    deepEqual({ ...read([]).values }, {});
  });

  it("knows --help, and -h", () => {
    equal(read(["--help"]).values.help, true);
    equal(read(["-h"]).values.help, true);
  });

  it("takes what looks like an option as a name behind --, and as a value behind =", () => {
    deepEqual(read(["--", "--list"], 1).positionals, ["--list"]);
    equal(read(["--folder=-a"]).values.folder, "-a");
    equal(read(["--folder", "-"]).values.folder, "-");
  });

  const wrong: readonly (readonly [string[], number, string])[] = [
    [["--foldr", "a"], 0, "npm run it has no option --foldr. Did you mean --folder? "],
    [["--toString"], 0, "npm run it has no option --toString. "],
    [["-x"], 0, "npm run it has no option -x. "],
    [["--folder"], 0, "--folder has no value. "],
    [["--folder", "--list"], 0, "--folder has no value. "],
    [["--list=yes"], 0, '--list was given "yes", and takes no value. '],
    [["a"], 0, 'npm run it was given "a", and takes no such argument. '],
    [["a", "b"], 1, 'npm run it was given "b", which is one too many. '],
  ];
  for (const [parameters, names, message] of wrong) {
    it(`refuses ${parameters.join(" ")}`, () => {
      throws(
        () => read(parameters, names),
        (error) => error instanceof Problem && error.message === `${message}npm run it -- --help says what it takes.`,
      );
    });
  }
});

describe("readCount(option, text, unless)", () => {
  it("reads a whole number, or gives what stands in for none", () => {
    equal(readCount("--workers", "12", 1), 12);
    equal(readCount("--workers", undefined, null), null);
  });

  it("refuses everything else", () => {
    for (const text of ["0", "-1", "1.5", "1e3", "", " 1", "two", "1234567890"]) {
      throws(() => readCount("--workers", text, 1), {
        message: `--workers is "${text}", expected a whole number from 1. For example: --workers 5.`,
      });
    }
  });
});
