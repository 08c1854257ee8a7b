import { deepEqual, equal, notEqual, ok, rejects, throws } from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { Interrupted } from "../../lib/runs/exit-codes";
import { hashFileOf } from "../../lib/runs/outcome";
import { readRun } from "../../lib/runs/read-run";
import { hearSignals } from "../../lib/runs/stop";
import { openSearch } from "../../lib/search/open-search";
import { readSearch } from "../../lib/search/read-search";
import { runSearch, type SearchTask } from "../../lib/search/run-search";
import type { SearchOptions } from "../../lib/search/search-options";
import { countChoices } from "../../lib/search/search-record";
import type { SearchWatch } from "../../lib/search/watch-search";
import { decode, encode } from "../../lib/space/encode";
import { temporaryFolder } from "../helpers/temporary";
import { hashState, pixelsOf, tinyMacroSearch, tinySearch, tinySearchImages, traceOf, watchWith } from "./helpers";
import { climb } from "../helpers/climb";
import { microSpace } from "../helpers/spaces";

/** Pauses of the tiny search: 3 epochs of 3 steps, then 2 updates in the second and the third epoch. */
const pauses = 3 * 3 + 2 * 2;

describe("runSearch(folder, task)", () => {
  const folder = temporaryFolder();
  const place = (name: string) => join(folder.path, name);
  const searchIn = async (name: string, options: Partial<SearchOptions> = {}, task: Partial<SearchTask> = {}) => {
    const images = tinySearchImages();
    const result = await runSearch(place(name), {
      ...{ images, options: { ...tinySearch, ...options }, watch: null },
      ...task,
    });
    const searcher = openSearch(place(name), task.images ?? images);
    const state = hashState(searcher.state());
    searcher.dispose();
    return { ...result, state };
  };

  /** Sends this process a signal at a pause, as a terminal or a cluster does. */
  const signalAt = (pause: number) => {
    let passed = 0;
    return watchWith({
      async advance() {
        passed += 1;
        if (passed !== pause) return hearSignals();
        process.kill(process.pid, "SIGTERM");
        for (let round = 0; round < 20; round++) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          await hearSignals();
        }
      },
    });
  };

  const kinds: Record<string, Partial<SearchOptions>> = {
    "ENAS's controller": {},
    "random search": { strategy: { kind: "uniform" } },
    evolution: { strategy: { kind: "evolution", population: 4, tournament: 2 } },
    "whole networks": tinyMacroSearch,
  };
  for (const [name, options] of Object.entries(kinds)) {
    it(`ends to the bit as if it had not stopped, where a signal stops it at every pause: ${name}`, async () => {
      const whole = await searchIn("whole", options);
      for (let stop = 1; stop <= pauses; stop++) {
        await rejects(
          searchIn("parts", options, { watch: signalAt(1) }),
          (error) => error instanceof Interrupted && error.signal === "SIGTERM",
        );
        equal(readRun(place("parts")).finished, false);
      }
      const last = await searchIn("parts", options);
      equal(last.state, whole.state);
      deepEqual(last.epochs, whole.epochs);
      deepEqual(last.best, whole.best);
      deepEqual(traceOf(place("parts")), traceOf(place("whole")));
    });

    it(`ends to the bit as if it had not been cut off unsaved, at some step, update or epoch: ${name}`, async () => {
      const whole = await searchIn("whole", options);
      const random = createRandom(8);
      for (let round = 0; round < 4; round++) {
        // Each cut loses what was done since the last epoch.
        for (const pause of [random.integer(1, pauses), random.integer(1, 5)]) {
          let passed = 0;
          const watch = watchWith({
            advance() {
              passed += 1;
              return passed === pause ? Promise.reject(new Interrupted("SIGINT")) : hearSignals();
            },
          });
          await searchIn(`cut ${round}`, options, { watch }).catch((error: unknown) => {
            ok(error instanceof Interrupted);
          });
        }
        const last = await searchIn(`cut ${round}`, options);
        equal(last.state, whole.state);
        deepEqual(traceOf(place(`cut ${round}`)), traceOf(place("whole")));
      }
    });
  }

  it("saves now and then within an epoch, so that little is lost", async () => {
    let now = 0;
    // Every look at the clock finds 30 seconds gone.
    const clock = { now: () => new Date(0), seconds: () => (now += 30) };
    let passed = 0;
    const watch = watchWith({
      advance: () => (++passed === 3 ? Promise.reject(new Error("power cut")) : hearSignals()),
    });
    await rejects(searchIn("cut", {}, { watch, clock }), /power cut/);
    ok(readRun(place("cut")).latest() !== null, "there was no end of an epoch yet");
    await searchIn("cut");
    await searchIn("whole");
    deepEqual(traceOf(place("cut")), traceOf(place("whole")));
  });

  it("records every scored architecture and every epoch, which agree with each other and with the result", async () => {
    const { epochs, best } = await searchIn("one");
    const { scored, epochs: read, options, finished } = readSearch(place("one"));
    ok(finished);
    deepEqual(
      read.map(({ epoch }) => epoch),
      [1, 2, 3],
    );
    deepEqual(epochs, read);
    deepEqual(
      scored.map(({ how }) => how),
      Array.from({ length: 12 }, (_, draw) => `shared weights, draw ${draw}`),
    );
    for (const record of read) {
      const own = scored.filter(({ epoch }) => epoch === record.epoch);
      equal(own.length, record.epoch === 1 ? 0 : 6);
      const rewards = own.map(({ reward }) => reward);
      const mean = rewards.length === 0 ? null : rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
      ok(mean === record.meanReward || Math.abs(mean! - record.meanReward!) < 1e-12);
      equal(record.bestReward, rewards.length === 0 ? null : Math.max(...rewards));
      deepEqual(
        record.choices,
        countChoices(
          options.space,
          own.map(({ decoded }) => decoded),
        ),
      );
      ok(record.trainingLoss > 0 && record.trainingAccuracy >= 0 && record.trainingAccuracy <= 1);
    }
    deepEqual([read[0]!.baseline, read[0]!.entropy], [null, null]);
    ok(read[2]!.baseline !== null && read[2]!.entropy! > 0);
    // The first of the best.
    const leader = scored.reduce((one, other) => (other.reward > one.reward ? other : one));
    equal(best!.reward, leader.reward);
    deepEqual(encode(options.space, best!.architecture), leader.architecture);
    deepEqual(best!.architecture, decode(options.space, leader.architecture));
  });

  it("does nothing again where it is done, and gives the same", async () => {
    const first = await searchIn("one");
    const trace = traceOf(place("one"));
    let units = 0;
    const watch = watchWith({ advance: (more) => ((units += more), hearSignals()) });
    const again = await searchIn("one", {}, { watch });
    equal(units, 0);
    deepEqual(again, first);
    deepEqual(traceOf(place("one")), trace);
  });

  it("gives a search again that is done and whose checkpoints were not kept, with the time by its records", async () => {
    // Every look at the time of day finds a minute gone.
    let minutes = 0;
    const clock = { now: () => new Date(60_000 * minutes++), seconds: () => 0 };
    const images = tinySearchImages();
    const { seconds, ...first } = await runSearch(place("one"), { images, options: tinySearch, watch: null, clock });
    equal(seconds, 0);
    rmSync(join(place("one"), "checkpoints"), { recursive: true });
    const files = () => ["run.json", "metrics.jsonl", "done.json"].map((name) => hashFileOf(place("one"), name));
    const trace = files();
    const { numTensors } = tf.memory();
    const again = await runSearch(place("one"), { images, options: tinySearch, watch: null, clock });
    equal(tf.memory().numTensors, numTensors);
    deepEqual({ name: again.name, epochs: again.epochs, best: again.best }, first);
    const { created, metrics } = readRun(place("one"));
    equal(again.seconds, (Date.parse(metrics.at(-1)!.time as string) - Date.parse(created)) / 1000);
    // 3 epochs and 12 architectures, each recorded at a look of its own.
    ok(again.seconds >= 60 * 15);
    deepEqual(files(), trace);
    await rejects(runSearch(place("one"), { images, options: { ...tinySearch, seed: 2 }, watch: null }), /seed/);
  });

  it("counts seconds over all its parts, without the pauses between them", async () => {
    let now = 0;
    const clock = { now: () => new Date(0), seconds: () => now };
    const slow = (inner = watchWith({})) =>
      watchWith({ ...inner, advance: (units, note) => ((now += 2), inner.advance(units, note)) });
    await rejects(searchIn("one", {}, { clock, watch: slow(signalAt(4)) }), Interrupted);
    now += 1000;
    const { seconds } = await searchIn("one", {}, { clock, watch: slow() });
    equal(seconds, 2 * pauses);
    now += 1000;
    equal((await searchIn("one", {}, { clock })).seconds, 2 * pauses);
  });

  it("tells its watch where it is: units of work, epochs, and the best so far", async () => {
    const told: string[] = [];
    const watch = watchWith({
      begin: (done, total, epochs) => void told.push(`begin ${done} of ${total}, ${epochs.length}`),
      advance(units, note) {
        told.push(`${units}: ${note.replace(/[\d.]+$/, "x")}`);
        return Promise.resolve();
      },
      epoch: (epochs, best) => void told.push(`epoch ${epochs.length}, ${best === null ? "none" : "best"}`),
      end: (epochs) => void told.push(`end ${epochs.length}`),
    });
    await searchIn("one", { epochs: 2 }, { watch });
    const step = (epoch: number) => `1: epoch ${epoch} of 2, loss x`;
    const update = "3: epoch 2 of 2, mean reward x";
    deepEqual(told, [
      ...["begin 0 of 12, 0", step(1), step(1), step(1), "epoch 1, none"],
      ...[step(2), step(2), step(2), update, update, "epoch 2, best", "end 2"],
    ]);
    told.length = 0;
    await searchIn("one", { epochs: 2 }, { watch });
    deepEqual(told, ["begin 12 of 12, 2", "end 2"]);
  });

  it("trains the shared weights alone where nothing is to be scored", async () => {
    const { epochs, best } = await searchIn("one", { warmUpEpochs: 9 });
    equal(best, null);
    deepEqual(
      epochs.map(({ meanReward, bestReward }) => [meanReward, bestReward]),
      [
        [null, null],
        [null, null],
        [null, null],
      ],
    );
    equal((await searchIn("other", { updatesPerEpoch: 0 })).best, null);
  });

  for (const part of ["train", "searchValidation"] as const) {
    it(`stops where a ${part} image makes numbers none, and goes on from the checkpoint before once it is mended`, async () => {
      const images = tinySearchImages();
      const kept = images.prepared.pixels.slice();
      const watch = watchWith({
        epoch(epochs) {
          if (epochs.length === 1) for (const id of images[part]) pixelsOf(images, id).fill(NaN);
        },
      });
      const { numTensors } = tf.memory();
      await rejects(
        searchIn("one", {}, { images, watch }),
        part === "train"
          ? /The loss of the shared weights became NaN in epoch 2, step 1/
          : /no number on the search-validation images/,
      );
      equal(tf.memory().numTensors, numTensors);
      const saved = readRun(place("one")).latest()!;
      equal(saved.step, 3);
      for (const { values } of saved.state.arrays.values()) ok(values.every(Number.isFinite));
      images.prepared.pixels.set(kept);
      await searchIn("one", {}, { images });
      await searchIn("whole");
      deepEqual(traceOf(place("one")), traceOf(place("whole")));
    });
  }

  it("refuses a folder of another configuration, of other images or of another split, and leaves it as it was", async () => {
    await searchIn("one");
    const trace = traceOf(place("one"));
    const images = tinySearchImages();
    const { train, searchValidation, prepared } = images;
    const swapped = {
      ...images,
      train: [...train.slice(1), searchValidation[0]!],
      searchValidation: [...searchValidation.slice(1), train[0]!],
    };
    await rejects(searchIn("one", { epochs: 4 }), /epochs/);
    await rejects(searchIn("one", { seed: 2 }), /seed/);
    await rejects(
      searchIn("one", { reward: { ...tinySearch.reward, penalty: { of: "parameters", free: 9, weight: 1 } } }),
    );
    await rejects(searchIn("one", {}, { images: swapped }), /split/);
    await rejects(searchIn("one", {}, { images: { ...images, prepared: { ...prepared, hash: "other" } } }), /data/);
    deepEqual(traceOf(place("one")), trace);
  });

  it("makes no folder for what does not fit, so that the corrected call can have it", async () => {
    const { numTensors } = tf.memory();
    const images = tinySearchImages();
    const bad: [Partial<SearchOptions>, RegExp][] = [
      [{ epoch: 3 } as never, /A search has no option "epoch"[\s\S]*"epochs"/],
      [{ reward: { batchSize: 13 } }, /fewer than the 13 of a draw/],
      [
        { strategy: { kind: "enas", learningrate: 1 } },
        /no option "strategy.learningrate"[\s\S]*"strategy.learningRate"/,
      ],
      [{ strategy: { kind: "random" } }, /strategy.kind: "random", expected "enas", "uniform" or "evolution"/],
      [{ network: { cell: 2 } as never }, /no option "cell"/],
    ];
    for (const [options, message] of bad) await rejects(searchIn("one", options), message);
    await rejects(
      searchIn("one", {}, { images: { ...images, searchValidation: [...images.searchValidation, ...images.train] } }),
      /24 images stand among the training and the search-validation images/,
    );
    equal(existsSync(place("one")), false);
    // Nor are there tensors left where the folder cannot be one.
    writeFileSync(place("file"), "no folder");
    await rejects(searchIn("file"));
    equal(tf.memory().numTensors, numTensors);
  });

  it("keeps as many tensors from the second epoch to the last, and none but the searcher's in the end", async () => {
    const { numTensors } = tf.memory();
    const counts: number[] = [];
    const moments = () => tf.memory().numTensors - numTensors;
    const watch = watchWith({ epoch: () => void counts.push(moments()) });
    // One node has few weights: all have moments after some steps.
    await searchIn("one", { space: microSpace(1), epochs: 20, warmUpEpochs: 15, batchSize: 2 }, { watch });
    equal(new Set(counts.slice(4)).size, 1, counts.join());
    equal(tf.memory().numTensors, numTensors);
    notEqual(counts[0], 0);
  });

  it("takes a strategy of one's own, which its record names, and goes on to the bit where it was cut off", async () => {
    const images = tinySearchImages();
    const { strategy: _, ...options } = tinySearch;
    const own = (name: string, watch: SearchWatch | null, given: Partial<SearchOptions> = options) =>
      runSearch(place(name), { images, options: given, strategy: climb, watch });
    const whole = await own("whole", null);
    await rejects(own("cut", signalAt(8)), Interrupted);
    deepEqual(await own("cut", null, { ...options, strategy: { kind: "hill-climb" } }), {
      ...whole,
      seconds: readSearch(place("cut")).seconds,
    });
    deepEqual(traceOf(place("cut")), traceOf(place("whole")));
    equal(whole.name, "hill climbing");
    const record = readSearch(place("whole"));
    deepEqual([record.name, record.options.strategy], ["hill climbing", { kind: "hill-climb", name: "hill climbing" }]);
    throws(
      () => openSearch(place("whole"), images),
      /had the strategy "hill climbing", which the library does not have/,
    );
    openSearch(place("whole"), images, climb).dispose();
    await rejects(own("whole", null, { ...options, strategy: { kind: "hill-climb", steps: 2 } }), /strategy.steps/);
    await rejects(
      runSearch(place("other"), { images, options: { ...options, strategy: { kind: "hill-climb" } }, watch: null }),
      /strategy.kind: "hill-climb", expected "enas", "uniform" or "evolution"/,
    );
    ok(!existsSync(place("other")));
  });

  it("names a strategy as it was told to, in its result and its record, and refuses a name that is none", async () => {
    const images = tinySearchImages();
    const named = (name: string) =>
      runSearch(place(name || "nothing"), {
        images,
        options: { ...tinySearch, strategy: { kind: "evolution", name, population: 4 } },
        watch: null,
      });
    equal((await named("small population")).name, "small population");
    equal(readSearch(place("small population")).name, "small population");
    equal((await named("small population")).name, "small population");
    await rejects(named(""), /A search has strategy.name: "", expected a name of up to 40 letters/);
    await rejects(named("ENAS"), /strategy.name: "ENAS", expected a name that no other strategy has/);
  });
});
