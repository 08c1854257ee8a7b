import { equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";

const read = (name: string) => readFileSync(join(projectRoot, name), "utf8");
const { version } = JSON.parse(read("package.json")) as { version: string };

describe("the version in package.json", () => {
  it("is the one that CITATION.cff asks to cite", () => {
    equal(/^version: (.*)$/m.exec(read("CITATION.cff"))?.[1], version);
  });

  it("is the newest of CHANGELOG.md that has a number", () => {
    equal(/^## (\d\S+)/m.exec(read("CHANGELOG.md"))?.[1], version);
  });

  it("is the one of the lockfile", () => {
    const lock = JSON.parse(read("package-lock.json")) as {
      version: string;
      packages: Record<string, { version: string }>;
    };
    equal(lock.version, version);
    equal(lock.packages[""]!.version, version);
  });
});
