import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Candidate } from "../../lib/derive/candidate";
import { createRandom } from "../../lib/runtime/random";
import { sampleArchitecture } from "../../lib/space/sample";
import { smoke } from "../../lib/study/profiles/smoke";
import { keepWinner, readWinner } from "../../lib/study/winner";
import { temporaryFolder } from "../helpers/temporary";
import { microSpace } from "../helpers/spaces";

/** A candidate with an architecture of its own, and its score with own weights. */
function candidate(hash: string, score: number): Candidate {
  const seed = Buffer.from(hash).reduce((sum, byte) => 31 * sum + byte, 7);
  return {
    hash,
    architecture: sampleArchitecture(microSpace(2), createRandom(seed)),
    ...{ parameters: 100, multiplyAdds: 1000, drawn: null, onAll: null },
    standAlone: { loss: 0.5, accuracy: 0.8, areaUnderCurve: score, score },
  };
}

const derivation = (seed: number, winner: Candidate) => ({ seed, winner, candidates: [winner] });
const hashes = (list: readonly { hash: string }[]) => list.map(({ hash }) => hash).join(" ");

describe("keepWinner and readWinner", () => {
  const folder = temporaryFolder();
  const study = (controls = 2) => ({
    path: (...parts: string[]) => join(folder.path, ...parts),
    name: "phantom-smoke",
    settings: { ...smoke, controls },
  });
  const derivations = [0.7, 0.9, 0.8].map((score, index) =>
    derivation(index + 1, candidate(`found${index + 1}`, score)),
  );

  it("take the best by its score with own weights, and keep the winner of each search in their order", () => {
    const kept = keepWinner(study(), derivations, []);
    equal(kept.winner.hash, "found2");
    equal(kept.winner.seed, 2);
    equal(hashes(kept.winners), "found1 found2 found3");
    deepEqual(kept.winner.architecture, derivations[1]!.winner.architecture);
  });

  it("take the first of two that are equal", () => {
    equal(
      keepWinner(study(), [derivation(5, candidate("a", 0.8)), derivation(6, candidate("b", 0.8))], []).winner.seed,
      5,
    );
  });

  it("choose controls by nothing that they have scored: other scores, the same controls", () => {
    const names = ["c", "a", "d", "b"];
    const controlsWith = (scores: readonly number[]) => {
      const drawn = names.map((name, index) => candidate(name, scores[index]!));
      return keepWinner(study(), derivations, [
        { seed: 1, drawn: drawn.slice(0, 2) },
        { seed: 2, drawn: drawn.slice(2) },
      ]).controls;
    };
    const first = controlsWith([0.9, 0.1, 0.8, 0.2]);
    equal(hashes(first), "a b");
    deepEqual(
      first.map(({ seed }) => seed),
      [1, 2],
    );
    deepEqual(controlsWith([0.1, 0.9, 0.2, 0.8]), first);
  });

  it("keep as many controls as the study wants, and leave the list that was given as it was", () => {
    const drawn = ["b", "a"].map((name) => candidate(name, 0.5));
    for (const [controls, expected] of [
      [0, ""],
      [1, "a"],
      [5, "a b"],
    ] as const)
      equal(hashes(keepWinner(study(controls), derivations, [{ seed: 1, drawn }]).controls), expected);
    equal(hashes(drawn), "b a");
  });

  it("read what was kept", () => {
    const kept = keepWinner(study(), derivations, [{ seed: 1, drawn: [candidate("a", 0.5)] }]);
    deepEqual(readWinner(study()), kept);
  });

  it("say which notebooks to run where there is none yet", () => {
    throws(() => readWinner(study()), /phantom-smoke has no winner yet\..*03_enas_search and 04_derive_and_control/s);
  });

  it("refuse a file whose architecture is none, or in which something is missing", () => {
    keepWinner(study(), derivations, []);
    const file = join(folder.path, "winner.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/"x": \{[^}]*"operation": "[^"]*"/, '"x": {"input": 0, "operation": "magic"'));
    throws(() => readWinner(study()), /magic/);
    for (const part of ["{}", '{"winner": 3}', '{"winner": null, "winners": [], "controls": []}']) {
      writeFileSync(file, part);
      throws(() => readWinner(study()), /winner\.json is damaged/, part);
    }
  });
});
