import { deepEqual } from "node:assert/strict";

import { settingsApart } from "../../lib/study/settings-apart";

const settings = { profile: "smoke", seeds: [1], search: { options: { epochs: 4, strategy: { kind: "enas" } } } };

describe("settingsApart(studies)", () => {
  it("lists what differs by its path, with a column a study, and nothing else", () => {
    const other = {
      ...settings,
      ...{ profile: "quick", workers: 2, seeds: [1, 2] },
      search: { options: { epochs: 40, strategy: { kind: "evolution", population: 8 } } },
    };
    deepEqual(
      settingsApart([
        { name: "one", settings },
        { name: "two", settings: other },
      ]),
      [
        { setting: "search.options.epochs", one: "4", two: "40" },
        { setting: "search.options.strategy.kind", one: '"enas"', two: '"evolution"' },
        { setting: "search.options.strategy.population", one: null, two: "8" },
        { setting: "seeds", one: "[1]", two: "[1,2]" },
      ],
    );
  });

  it("has nothing where nothing differs", () => {
    deepEqual(settingsApart([{ name: "one", settings }]), []);
    deepEqual(
      settingsApart([
        { name: "one", settings },
        { name: "two", settings: { ...settings } },
      ]),
      [],
    );
  });
});
