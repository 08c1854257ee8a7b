import { equal, match, ok } from "node:assert/strict";

import { supernetWeightsOf } from "../../lib/space/build";
import { checkSearch } from "../../lib/search/search-options";
import { searchPresets, type SearchPreset } from "../../lib/search/presets";
import { createStrategy } from "../../lib/controller/create-strategy";
import { createRandom } from "../../lib/runtime/random";
import { rateAt } from "../../lib/train/schedule";

const presets = Object.entries(searchPresets) as [keyof typeof searchPresets, SearchPreset][];

/** Trainable numbers of the shared weights, for gray images, without the auxiliary head. */
function countShared({ options }: SearchPreset, size: number): number {
  const { space, network } = checkSearch(options);
  return supernetWeightsOf(space, { height: size, width: size, channels: 1 }, network)
    .filter(({ key, specification }) => specification.trainable && !key.startsWith("auxiliary"))
    .reduce((sum, { specification }) => sum + specification.shape.reduce((a, b) => a * b, 1), 0);
}

describe("searchPresets", () => {
  for (const [name, preset] of presets) {
    it(`has a search "${name}" that checks out, with a strategy for its space`, () => {
      const options = checkSearch(preset.options);
      const strategy = createStrategy({ ...options.strategy, space: options.space }, createRandom(1));
      equal((strategy.state().json as { strategy: string }).strategy, "enas");
      ok(options.reward.batchSize >= options.batchSize, "a draw's statistics are not of fewer images than a step's");
    });

    it(`says what "${name}" costs: its epochs, or how many architectures it scores, or how long it takes`, () => {
      const { epochs, warmUpEpochs, updatesPerEpoch, architecturesPerUpdate } = checkSearch(preset.options);
      const scored = (epochs - warmUpEpochs) * updatesPerEpoch * architecturesPerUpdate;
      const [written] = /[\d,]+(?= scored architectures)/.exec(preset.purpose) ?? [];
      if (written !== undefined) equal(Number(written.replaceAll(",", "")), scored);
      const [told] = /\d+(?= epochs)/.exec(preset.purpose) ?? [];
      if (told !== undefined) equal(Number(told), epochs);
      match(preset.purpose, /scored architectures|minute|hour|day/);
    });

    it(`ends "${name}" where the learning rate is lowest, not in the middle of a fall`, () => {
      const { schedule, epochs } = checkSearch(preset.options);
      const rates = Array.from({ length: epochs + 1 }, (_, epoch) =>
        rateAt(schedule, epoch, { epochs, stepsPerEpoch: 1 }),
      );
      ok(rates[epochs]! > rates[epochs - 1]!, "the next epoch would be a restart");
    });
  }

  it("share weights of the published number for the released searches, and few for small ones", () => {
    // Counted in a public program of the same search with 3 planes and 10 classes: 5,377,390. Here are one and two.
    const fewer = 9 * 2 * 60 + 8 * 80;
    const released = countShared(searchPresets.released, 32);
    ok(Math.abs(released / (5_377_390 - fewer) - 1) < 0.002, String(released));
    equal(countShared(searchPresets.paper, 32), released);
    const small = countShared(searchPresets.small, 64);
    ok(small > 2e5 && small < 2e6, String(small));
    const tiny = countShared(searchPresets.tiny, 32);
    ok(tiny < small / 2, String(tiny));
    const macro = countShared(searchPresets.macroReleased, 32);
    ok(countShared(searchPresets.macroSmall, 64) < macro / 5 && macro < 5e6, String(macro));
  });

  it("has the numbers of the released scripts", () => {
    const micro = checkSearch(searchPresets.released.options);
    equal(micro.epochs, 150);
    equal(micro.batchSize, 160);
    equal(micro.updatesPerEpoch * micro.architecturesPerUpdate, 300);
    // Decay · weight is the gradient of decay / 2 · weight².
    equal(micro.optimiser.decay / 2, 1e-4);
    const macro = checkSearch(searchPresets.macroReleased.options);
    equal(macro.epochs, 310);
    equal(macro.batchSize, 128);
    equal(macro.updatesPerEpoch * macro.architecturesPerUpdate, 1000);
    equal(macro.optimiser.decay / 2, 2.5e-4);
    for (const { schedule, optimiser } of [micro, macro]) {
      equal(
        schedule.kind === "restarts" && [schedule.rate, schedule.lowest, schedule.first, schedule.factor].join(),
        "0.05,0.0005,10,2",
      );
      equal(optimiser.kind === "momentum" && optimiser.nesterov && optimiser.momentum, 0.9);
    }
  });
});
