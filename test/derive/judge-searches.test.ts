import { deepEqual, notDeepEqual, throws } from "node:assert/strict";

import { judgeSearch } from "../../lib/derive/judge-search";
import { judgeSearches, type NamedSearch } from "../../lib/derive/judge-searches";
import { createRandom } from "../../lib/runtime/random";
import { candidate, kept } from "./helpers";

describe("judgeSearches(searches, seed)", () => {
  const found = kept(
    [0.8, 0.9, 0.7].map((score, index) => candidate(`f${index}`, { score, onAll: score })),
    "of the derivation",
  );
  const control = kept(
    [0.6, 0.75, 0.7].map((score, index) => candidate(`r${index}`, { score, onAll: 1 - score })),
    "of the control",
  );
  const named = (name: string, slug: string, seed: number, parts: Partial<NamedSearch> = {}): NamedSearch => ({
    ...{ name, slug, seed, found, control },
    ...parts,
  });
  const judge = (label: string | number) =>
    judgeSearch(found.candidates, control.candidates, createRandom(7).split("judge").split(label));

  it("judges each search by its control, and says what it was computed from", () => {
    const computedFrom = { derivation: "of the derivation", control: "of the control" };
    deepEqual(judgeSearches([named("evolution", "evolution", 7)], 7), [
      { name: "evolution", seed: 7, verdict: judge("evolution 7"), computedFrom },
    ]);
  });

  it("has the chance of earlier studies for ENAS and for the uniform policy: their numbers stay", () => {
    const judged = judgeSearches([named("ENAS", "enas", 8), named("uniform policy", "uniform", 7)], 7);
    deepEqual(
      judged.map(({ verdict }) => verdict),
      [judge(8), judge("uniform 7")],
    );
    notDeepEqual(judge(8), judge("uniform 7"));
  });

  it("gives plain data, which a file holds as it is", () => {
    const judged = judgeSearches([named("ENAS", "enas", 1)], 1);
    deepEqual(JSON.parse(JSON.stringify(judged)), judged);
  });

  it("leaves out what is not done, and refuses what cannot be judged", () => {
    const searches = [named("a", "a", 1, { found: null }), named("b", "b", 1, { control: null }), named("c", "c", 1)];
    deepEqual(
      judgeSearches(searches, 1).map(({ name }) => name),
      ["c"],
    );
    throws(() => judgeSearches([named("d", "d", 1, { found: kept([candidate("x")]) })], 1), /0 trained candidates/);
  });
});
