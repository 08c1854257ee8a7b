import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { candidatesFile, readCandidates } from "../../lib/derive/read-candidates";
import { openRun } from "../../lib/runs/open-run";
import { readRun } from "../../lib/runs/read-run";
import { temporaryFolder } from "../helpers/temporary";
import { candidate } from "./helpers";

describe("readCandidates(folder)", () => {
  const folder = temporaryFolder();
  const candidates = [candidate("a", { score: 0.8 }), candidate("b", { drawn: 0.5 })];
  const open = (kind: string) => openRun(folder.path, { kind, configuration: null, inputs: {} });
  const make = (kind: string) => {
    const run = open(kind);
    run.writeFile(candidatesFile, JSON.stringify(candidates));
    run.finish(null);
    run.close();
  };

  for (const kind of ["derivation", "random control"]) {
    it(`gives what a ${kind} found, and the hash of its outcome`, () => {
      make(kind);
      deepEqual(readCandidates(folder.path), { candidates, outcome: readRun(folder.path).outcome!.hash });
      equal(readCandidates(folder.path).outcome.length, 64);
    });
  }

  it("refuses what is not done, and what was changed since", () => {
    throws(() => readCandidates(join(folder.path, "nothing")), /nothing is missing/);
    open("derivation").close();
    throws(() => readCandidates(folder.path), /The derivation in .* is not done\. Run it to its end first/);
    make("derivation");
    writeFileSync(join(folder.path, candidatesFile), "[]");
    throws(() => readCandidates(folder.path), /is not done/);
  });

  it("refuses a run of another kind", () => {
    make("search");
    throws(() => readCandidates(folder.path), /of the kind "search", expected a derivation or a random control/);
  });
});
