import { deepEqual } from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { longest, longestFirst } from "../helpers/longest-first.cjs";

const folder = join(projectRoot, "test");

describe("the tests", () => {
  it("begin with the longest, each of which is there, and then take all others in their order", () => {
    deepEqual(
      longest.filter((file) => !existsSync(join(folder, file))),
      [],
    );
    const [last, first] = ["a.test.ts", longest[0]!];
    deepEqual(longestFirst([last, first, "b.test.ts"]), [first, last, "b.test.ts"]);
  });

  it("have a short one beside each long one, of the same name or of its first word", () => {
    const deep = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".deep.test.ts"),
    );
    deepEqual(
      deep.filter((name) =>
        ["", /-[^/]*(?=\.test)/].every(
          (rest) => !existsSync(join(folder, name.replace(".deep", "").replace(rest, ""))),
        ),
      ),
      [],
    );
  });
});
