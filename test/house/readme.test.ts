import { deepEqual } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";

const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { scripts: object }).scripts,
);

describe("the README", () => {
  it("names only commands that package.json has", () => {
    const named = [...readme.matchAll(/npm (?:run )?((?!run\b|ci\b|install\b)[a-z:-]*[a-z])/g)].map(
      ([, name]) => name!,
    );
    deepEqual(
      named.filter((name) => !scripts.includes(name)),
      [],
    );
  });

  it("names every command that package.json has", () => {
    deepEqual(
      scripts.filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(readme)),
      [],
    );
  });

  it("has a map beside it, of files and folders that exist", () => {
    const map = /```text\n([\s\S]*?)```/.exec(readFileSync(join(projectRoot, "docs", "map.md"), "utf8"))![1]!;
    const folders: string[] = [];
    const places = map
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const [, indent, name] = /^(\s*)(\S+)/.exec(line)!;
        const depth = indent!.length / 2;
        folders.length = depth;
        folders.push(name!);
        return join(...folders);
      });
    deepEqual(
      places.filter((place) => !existsSync(join(projectRoot, place))),
      [],
    );
  });

  it("links only to files that exist", () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target!);
    deepEqual(
      links.filter((target) => !/^https?:/.test(target) && !existsSync(join(projectRoot, target))),
      [],
    );
  });
});
