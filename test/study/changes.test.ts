import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";

import { applyChanges, canonicalChanges, decisive, hashOfChanges, type StudyChanges } from "../../lib/study/changes";
import { overnightEnas } from "../../lib/study/profiles/overnight-enas";
import { quick } from "../../lib/study/profiles/quick";
import { smoke } from "../../lib/study/profiles/smoke";
import { checkStudySettings, type StudySettings } from "../../lib/study/study-settings";

const both = (given: StudySettings) => ({ given, filled: checkStudySettings(given) });

describe("applyChanges, canonicalChanges and hashOfChanges", () => {
  it("lead from a profile to the changed settings, and from these back to the changes", () => {
    const list: [StudySettings, StudyChanges][] = [
      [smoke, {}],
      [smoke, { folds: null, search: { options: { epochs: 2, reward: { batchSize: 16 } } } }],
      [smoke, { search: { options: { strategy: { kind: "evolution", population: 10 } } } }],
      [smoke, { network: { dropout: 0.5 } }],
      [overnightEnas, { network: { dropout: 0.5 }, sample: { count: 100 } }],
      [overnightEnas, { network: null, training: { weightAverage: null } }],
      [quick, { search: { trials: { limit: { cpuSeconds: 900 } } } }],
      [quick, { search: { trials: { limit: { trainings: 9 } } } }],
    ];
    for (const [profile, changes] of list) {
      const changed = applyChanges(profile, changes);
      const canonical = canonicalChanges(both(profile), both(changed));
      deepEqual(canonical, changes);
      deepEqual(applyChanges(profile, canonical), changed);
    }
  });

  it("put a limit in one unit in the place of that in the other", () => {
    const limitOf = (limit: object) => applyChanges(quick, { search: { trials: { limit } } }).search.trials!.limit;
    deepEqual(limitOf({ cpuSeconds: 900 }), { cpuSeconds: 900 });
    deepEqual(limitOf({ trainings: 9 }), { trainings: 9 });
    // Both at once are as wrong as before.
    deepEqual(limitOf({ cpuSeconds: 900, trainings: 9 }), { cpuSeconds: 900, trainings: 9 });
  });

  it("leave the profile and the changes as they are, and share nothing of the changes", () => {
    const changes = { handCrafted: ["CNN3"], training: { epochs: 2 } };
    const before = JSON.stringify([smoke, changes]);
    const changed = applyChanges(smoke, changes);
    changes.handCrafted.push("AlexNet");
    deepEqual(changed.handCrafted, ["CNN3"]);
    changes.handCrafted.pop();
    equal(JSON.stringify([smoke, changes]), before);
  });

  it("leave out what changes no result", () => {
    const changed = both({ ...smoke, workers: 3, purpose: "other" });
    deepEqual(canonicalChanges(both(smoke), changed), {});
    ok(!("workers" in decisive(smoke)) && !("purpose" in decisive(smoke)));
  });

  it("keep a kind that goes back to defaults whole, for its parts alone would not lead there", () => {
    const schedule = { kind: "restarts", rate: 0.1 } as const;
    const changes = { search: { options: { schedule } } };
    const changed = applyChanges(smoke, changes);
    deepEqual(changed.search.options.schedule, schedule);
    deepEqual(canonicalChanges(both(smoke), both(changed)), changes);
  });

  it("take the defaults of the networks of another kind of space, of which the old settings are none", () => {
    for (const profile of [smoke, overnightEnas]) {
      const space = { kind: "shape" } as const;
      // Also where the profile has the same number for networks of its own kind.
      const { dropout } = { dropout: 0.4, ...profile.search.options.network };
      const changes = { search: { options: { space, network: { dropout } } } };
      const changed = applyChanges(profile, changes);
      deepEqual([changed.search.options.network, changed.network], [{ dropout }, null]);
      const canonical = canonicalChanges(both(profile), both(changed));
      deepEqual(canonical, changes);
      deepEqual(applyChanges(profile, canonical), changed);
      deepEqual(applyChanges(profile, { search: { options: { space } } }).search.options.network, {});
    }
    const same = applyChanges(overnightEnas, { search: { options: { space: { kind: "macro", layers: 4 } } } });
    deepEqual(same.network, overnightEnas.network);
  });

  it("have a short name that differs for different changes, and none for none", () => {
    equal(hashOfChanges({}), null);
    const names = [{ seeds: [1, 2] }, { seeds: [2, 1] }, { folds: [1] }].map((changes) => hashOfChanges(changes)!);
    equal(new Set(names).size, 3);
    for (const name of names) match(name, /^[0-9a-f]{8}$/);
    notEqual(hashOfChanges({ controls: 0 }), hashOfChanges({ controls: 2 }));
  });
});
