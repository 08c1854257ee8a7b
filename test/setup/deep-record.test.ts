import { deepEqual, equal, match } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { keepDeepRecord, tellDeepRecord } from "../../setup/machine/deep-record.cjs";
import { temporaryFolder } from "../helpers/temporary";

const outcome = { passed: "2026-11-29", minutes: 14.2, tests: 31, skipped: 2 };

describe("the record of the long tests", () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, "test", "deep.json");
  const git = (...parameters: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@b.c", ...parameters], {
      cwd: folder.path,
      encoding: "utf8",
    }).trim();

  /** Commits a file, in a clone that is made where there is none, and gives the commit. */
  function commit(name: string): string {
    mkdirSync(join(folder.path, "test"), { recursive: true });
    git("init", "--quiet");
    writeFileSync(join(folder.path, "test", name), name);
    git("add", ".");
    git("commit", "--quiet", "--message", name);
    return git("rev-parse", "--short=10", "HEAD");
  }

  it("is not there before they have passed, and is not kept outside of a clone", () => {
    equal(tellDeepRecord(folder.path), null);
    match(keepDeepRecord(folder.path, outcome), /^Not kept in test\/deep\.json: this folder is no clone/);
    equal(existsSync(file()), false);
  });

  it("names the commit, and says how many came since", () => {
    const hash = commit("first");
    equal(keepDeepRecord(folder.path, outcome), `Kept in test/deep.json, to be committed: passed on ${hash}.`);
    deepEqual(JSON.parse(readFileSync(file(), "utf8")), { ...outcome, commit: hash });
    equal(tellDeepRecord(folder.path), `2026-11-29 on ${hash} in 14.2 minutes: 31 passed, 2 skipped; 0 commits since`);
    commit("second");
    match(tellDeepRecord(folder.path)!, /; 1 commit since$/);
  });

  it("is not kept where there are changes that no commit has, but for its own", () => {
    commit("first");
    writeFileSync(file(), "{}");
    match(keepDeepRecord(folder.path, outcome), /^Kept/);
    writeFileSync(join(folder.path, "test", "first"), "changed");
    match(keepDeepRecord(folder.path, outcome), /^Not kept in test\/deep\.json: there are changes/);
  });

  it("is told without its distance where the commit is not known", () => {
    commit("first");
    writeFileSync(file(), JSON.stringify({ ...outcome, commit: "0123456789" }));
    equal(tellDeepRecord(folder.path), "2026-11-29 on 0123456789 in 14.2 minutes: 31 passed, 2 skipped");
  });
});
