import { deepEqual, throws } from "node:assert/strict";

import { readNames } from "../../setup/mutate.cjs";

describe("npm run mutate", () => {
  it("changes the rooms of numbers and rules where none is named, and runs their tests alone", () => {
    deepEqual(readNames([]), {
      mutate: ["lib/space/**/*.ts", "lib/controller/**/*.ts", "lib/statistics/**/*.ts", "!lib/**/index.ts"],
      spec: ["test/space/**/*.test.ts", "test/controller/**/*.test.ts", "test/statistics/**/*.test.ts"],
    });
  });

  it("takes rooms and files, and runs the tests of each room once", () => {
    deepEqual(readNames(["lib/statistics/holm.ts", "lib/statistics/roc-curve.ts", "space"]), {
      mutate: ["lib/statistics/holm.ts", "lib/statistics/roc-curve.ts", "lib/space/**/*.ts", "!lib/**/index.ts"],
      spec: ["test/statistics/**/*.test.ts", "test/space/**/*.test.ts"],
    });
  });

  it("refuses a room and a file that are none, in a sentence", () => {
    for (const name of ["statistic", "lib/statistics/hom.ts", "test/space/sample.test.ts", "../x.ts"])
      throws(
        () => readNames([name]),
        new RegExp(`^Problem: ${name.replaceAll(".", "\\.")} is neither a room nor a file`),
      );
  });
});
