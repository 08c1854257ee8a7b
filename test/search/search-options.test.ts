import { deepEqual, equal, throws } from "node:assert/strict";

import { checkAugmentation } from "../../lib/data/augment/augmentation";
import { checkSearch, storedSearch, type SearchOptions } from "../../lib/search/search-options";
import { climb } from "../helpers/climb";

describe("checkSearch(given)", () => {
  it("fills everything that is left out, within parts too", () => {
    const options = checkSearch({ epochs: 3, reward: { measure: "negative loss" }, augment: { shift: 2 } });
    equal(options.epochs, 3);
    equal(options.batchSize, 32);
    deepEqual(options.reward, { measure: "negative loss", batchSize: 64, dropout: false, penalty: null });
    equal(options.augment.shift, 2);
    deepEqual(Object.keys(options.augment).sort(), Object.keys(checkAugmentation({})).sort());
    equal(options.schedule.kind, "restarts");
    equal(options.optimiser.kind === "momentum" && options.optimiser.nesterov, true);
  });

  it("gives the same when it is given what it gave, as a folder's configuration is", () => {
    for (const given of [{}, { strategy: { kind: "evolution" }, schedule: { kind: "one-cycle", rate: 1 } }] as const) {
      const once = checkSearch(given);
      deepEqual(checkSearch(JSON.parse(JSON.stringify(once)) as SearchOptions), once);
    }
  });

  it("refuses unknown keys, naming the nearest", () => {
    const refuses = (given: unknown, message: RegExp) => {
      throws(() => checkSearch(given as Partial<SearchOptions>), message, JSON.stringify(given));
    };
    refuses({ epoch: 3 }, /A search has no option "epoch".*Did you mean "epochs"\?/);
    refuses(
      { reward: { batchsize: 3 } },
      /A search has no option "reward.batchsize".*Did you mean "reward.batchSize"\?/,
    );
    refuses(
      { optimiser: { kind: "momentum", decai: 1 } },
      /no option "optimiser.decai".*Did you mean "optimiser.decay"\?/,
    );
    refuses({ schedule: { kind: "restarts", rate: 1, frist: 1 } }, /"schedule.frist".*Did you mean "schedule.first"\?/);
    refuses({ network: { chanels: 8 } }, /"chanels"[\s\S]*Did you mean "channels"\?/);
    refuses({ strategy: { kind: "evolution", popluation: 3 } }, /"strategy.popluation" for kind "evolution"/);
    refuses({ augment: { shfit: 1 } }, /"augment.shfit".*Did you mean "augment.shift"\?/);
  });

  it("refuses values out of their range, naming the option and the value", () => {
    const cases: [keyof SearchOptions, readonly unknown[]][] = [
      ["seed", [-1, 0.5, NaN, "1"]],
      ["epochs", [0, -1, 2.5, Infinity]],
      ["batchSize", [1, 0, 1.5]],
      ["updatesPerEpoch", [-1, 0.5]],
      ["architecturesPerUpdate", [0, -1, 1.5]],
      ["warmUpEpochs", [-1, NaN]],
      ["auxiliaryWeight", [-0.1, Infinity, NaN]],
      ["classWeights", ["equal", null]],
    ];
    for (const [name, values] of cases) {
      for (const value of values) {
        const said = typeof value === "number" ? String(value) : JSON.stringify(value);
        throws(
          () => checkSearch({ [name]: value }),
          (error: Error) => error.message.includes(`A search has ${name}: ${said}, expected `),
          `${name} ${said}`,
        );
      }
    }
    throws(() => checkSearch({ schedule: { kind: "restarts", rate: 0 } }), /rate/);
    throws(() => checkSearch({ optimiser: { kind: "momentum", bound: -1 } }), /bound/);
  });

  it("keeps the options of a strategy as they were given, and gives one's own its name", () => {
    const strategy = { kind: "evolution", tournament: 3 } as const;
    deepEqual(checkSearch({ strategy }).strategy, strategy);
    deepEqual(checkSearch({}, climb).strategy, { kind: "hill-climb", name: "hill climbing" });
    const named = { kind: "hill-climb", name: "climb", steps: 2 };
    deepEqual(checkSearch({ strategy: named }, climb).strategy, named);
    deepEqual(checkSearch({ strategy }, climb).strategy, strategy);
  });

  it("takes the least values that make sense", () => {
    checkSearch({ seed: 0, epochs: 1, batchSize: 2, updatesPerEpoch: 0, architecturesPerUpdate: 1, warmUpEpochs: 0 });
    checkSearch({ auxiliaryWeight: 0 });
  });
});

describe("storedSearch(stored)", () => {
  it("reads the record of a strategy that nobody has here, and refuses what is no search's", () => {
    const options = checkSearch({ strategy: { kind: "hill-climb", steps: 2 } }, climb);
    deepEqual(storedSearch(JSON.parse(JSON.stringify(options)) as never), options);
    throws(() => storedSearch({ epoch: 1 }), /A search has no option "epoch"/);
    throws(() => storedSearch({ strategy: {} }), /strategy.kind/);
  });
});
