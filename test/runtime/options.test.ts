import { deepEqual, equal, notEqual, throws } from "node:assert/strict";

import * as v from "valibot";

import { checkOptions, checkStored } from "../../lib/runtime/options";
import {
  callback,
  flag,
  listOf,
  nullable,
  number,
  oneOf,
  passed,
  positive,
  share,
  text,
  wholeNumber,
} from "../../lib/runtime/option-values";
import { Problem } from "../../lib/runtime/problem";

const optimiser = v.variant("kind", [
  v.strictObject({ kind: v.literal("momentum"), momentum: v.optional(share(), 0.9) }),
  v.strictObject({ kind: v.picklist(["adam", "adamw"]), epsilon: v.optional(positive(), 1e-8) }),
]);
const search = v.strictObject({
  epochs: v.optional(wholeNumber({ from: 1 }), 10),
  batchSize: v.optional(wholeNumber({ from: 2, to: 512 }), 32),
  balanced: v.optional(flag(), false),
  optimiser: v.optional(optimiser, { kind: "momentum" }),
  stop: v.optional(nullable(v.strictObject({ patience: wholeNumber({ from: 1 }) })), null),
  seeds: v.optional(listOf(wholeNumber(), { least: 1, different: true }), [1]),
  keep: v.optional(oneOf(["last", "best"]), "last"),
});

const messageOf = (given: unknown, schema: v.GenericSchema = search, name = "A search") => {
  try {
    checkOptions(name, schema, given);
  } catch (error) {
    equal(error instanceof Problem, true, String(error));
    return (error as Problem).message;
  }
  throw new Error("nothing was thrown");
};

describe("checkOptions(name, schema, given)", () => {
  const filled = {
    epochs: 10,
    batchSize: 32,
    balanced: false,
    optimiser: { kind: "momentum", momentum: 0.9 },
    stop: null,
    seeds: [1],
    keep: "last",
  };

  it("fills in the defaults, at any depth", () => {
    deepEqual(checkOptions("A search", search, {}), filled);
    deepEqual(checkOptions("A search", search, { optimiser: { kind: "adam" } }).optimiser, {
      kind: "adam",
      epsilon: 1e-8,
    });
  });

  it("takes what is given, and the default where undefined is given", () => {
    deepEqual(checkOptions("A search", search, { epochs: 3, batchSize: undefined, stop: { patience: 2 } }), {
      ...filled,
      epochs: 3,
      stop: { patience: 2 },
    });
  });

  it("leaves what was given as it was, and its defaults too", () => {
    const given = Object.freeze({ seeds: Object.freeze([3, 4]), optimiser: Object.freeze({ kind: "adam" }) });
    const checked = checkOptions("A search", search, given);
    notEqual(checked.seeds, given.seeds);
    notEqual(checkOptions("A search", search, {}).seeds, checkOptions("A search", search, {}).seeds);
    deepEqual(given, { seeds: [3, 4], optimiser: { kind: "adam" } });
  });

  it("names the option, its value, what was expected and what to do", () => {
    for (const [epochs, said] of [
      [0, "0"],
      [1.5, "1.5"],
      [NaN, "NaN"],
      [Infinity, "Infinity"],
      ["3", '"3"'],
      [null, "null"],
      [[3], "[3]"],
      [{ from: 1 }, "{ from: 1 }"],
      [() => 3, "a function"],
      [new Float32Array(3), "a Float32Array"],
      [new Map(), "a Map"],
      [2 ** 53, "9007199254740992"],
    ] as const) {
      equal(
        messageOf({ epochs }),
        `A search has epochs: ${said}, expected a whole number from 1. Correct it, or leave it out.`,
      );
    }
  });

  it("names the path of what lies deeper", () => {
    equal(
      messageOf({ stop: { patience: 0 } }),
      "A search has stop.patience: 0, expected a whole number from 1. Correct it.",
    );
    equal(messageOf({ seeds: [1, "2"] }), 'A search has seeds[1]: "2", expected a whole number from 0. Correct it.');
    equal(
      messageOf({ seeds: [1, 1] }),
      "A search has seeds: [1, 1], expected a list of at least one item, none of them twice. Correct it, or leave it out.",
    );
  });

  it("refuses a key that is no option and names the nearest", () => {
    equal(
      messageOf({ epocs: 3 }),
      'A search has no option "epocs". Did you mean "epochs"? ' +
        "It takes epochs, batchSize, balanced, optimiser, stop, seeds, keep.",
    );
    equal(
      messageOf({ stop: { pateince: 3 } }),
      'A search has no option "stop.pateince". Did you mean "stop.patience"? stop takes patience.',
    );
  });

  it("refuses a key that is no option though its value is undefined, or named as what every object has", () => {
    equal(messageOf({ epocs: undefined }).startsWith('A search has no option "epocs"'), true);
    equal(messageOf({ toString: 1 }).startsWith('A search has no option "toString"'), true);
    equal(messageOf(JSON.parse('{ "__proto__": 1 }')).startsWith('A search has no option "__proto__"'), true);
  });

  it("does not ask whether a key was meant that is quite another", () => {
    equal(
      messageOf({ x: 1 }, v.strictObject({ epochs: wholeNumber() })),
      'A search has no option "x". It takes epochs.',
    );
  });

  it("says that an object takes nothing, where it takes nothing", () => {
    equal(messageOf({ a: 1 }, v.strictObject({}), "uniform"), 'uniform has no option "a". It takes none.');
  });

  it("names the misspelt key rather than what is missing for it", () => {
    equal(
      messageOf({ stop: { patiense: 1 } }),
      'A search has no option "stop.patiense". Did you mean "stop.patience"? stop takes patience.',
    );
  });

  it("says what is missing", () => {
    equal(messageOf({ stop: {} }), "A search lacks stop.patience, expected a whole number from 1. Give it.");
    equal(
      messageOf({ optimiser: {} }),
      'A search lacks optimiser.kind, expected "momentum", "adam" or "adamw". Give it.',
    );
  });

  it("names the kind of what is one of several kinds", () => {
    equal(
      messageOf({ optimiser: { kind: "adamw", epsilon: 0 } }),
      'A search has optimiser.epsilon: 0, expected a number above 0 for kind "adamw". Correct it, or leave it out.',
    );
    equal(
      messageOf({ optimiser: { kind: "adamw", momentum: 0.9 } }),
      'A search has no option "optimiser.momentum" for kind "adamw". ' + "optimiser takes kind, epsilon.",
    );
    equal(
      messageOf({ optimiser: { kind: "sgd" } }),
      'A search has optimiser.kind: "sgd", expected "momentum", "adam" or "adamw". Correct it.',
    );
    equal(
      messageOf({ optimiser: { kind: "adma" } }),
      'A search has optimiser.kind: "adma", expected "momentum", "adam" or "adamw". Did you mean "adam"? Correct it.',
    );
    equal(
      messageOf({ optimiser: "adam" }),
      'A search has optimiser: "adam", expected an object with kind "momentum", "adam" or "adamw". Correct it, or leave it out.',
    );
    equal(
      messageOf({ kind: "momentum", momentum: 1 }, optimiser, "The optimiser"),
      'The optimiser has momentum: 1, expected a number from 0 to below 1 for kind "momentum". Correct it, or leave it out.',
    );
  });

  it("names null where it may be null", () => {
    equal(
      messageOf({ stop: 3 }),
      "A search has stop: 3, expected an object with patience, or null. Correct it, or leave it out.",
    );
  });

  it("names all that something may be", () => {
    const schema = v.strictObject({
      dropout: v.union([share(), v.literal("none")]),
      split: v.union([v.strictObject({ folds: wholeNumber({ from: 2 }) }), text()]),
    });
    equal(
      messageOf({ dropout: 1, split: "own" }, schema, "A plan"),
      'A plan has dropout: 1, expected a number from 0 to below 1 or "none". Correct it.',
    );
    equal(
      messageOf({ dropout: 0, split: { folds: 1 } }, schema, "A plan"),
      "A plan has split.folds: 1, expected a whole number from 2. Correct it.",
    );
    equal(
      messageOf({ dropout: 0, split: { fold: 1 } }, schema, "A plan"),
      'A plan has no option "split.fold". Did you mean "split.folds"? split takes folds.',
    );
    equal(
      messageOf({ dropout: 0, split: 5 }, schema, "A plan"),
      "A plan has split: 5, expected an object with folds or a text that is not empty. Correct it.",
    );
  });

  it("names places in what depends on the data", () => {
    const schema = v.strictObject({
      split: v.lazy((given) => (Array.isArray(given) ? listOf(text()) : v.strictObject({ folds: wholeNumber() }))),
    });
    equal(
      messageOf({ split: { folds: -1 } }, schema),
      "A search has split.folds: -1, expected a whole number from 0. Correct it.",
    );
    equal(
      messageOf({ split: ["a", 1] }, schema),
      "A search has split[1]: 1, expected a text that is not empty. Correct it.",
    );
    equal(
      messageOf({ split: { fold: 1 } }, schema).startsWith(
        'A search has no option "split.fold". Did you mean "split.folds"?',
      ),
      true,
    );
  });

  it("refuses what is no object, whatever it is", () => {
    for (const [given, said] of [
      [null, "null"],
      [undefined, "undefined"],
      [3, "3"],
      ["epochs", '"epochs"'],
    ] as const) {
      equal(
        messageOf(given, v.strictObject({ epochs: wholeNumber() })),
        `A search is ${said}, expected an object with epochs. Correct it.`,
      );
    }
    equal(
      messageOf([3], v.strictObject({ epochs: wholeNumber() })),
      "A search is [3], expected an object with epochs. Correct it.",
    );
    equal(messageOf({ stop: [] }), "A search has stop: [], expected an object with patience. Correct it.");
  });

  it("shortens a long value", () => {
    const message = messageOf({ keep: "x".repeat(5000) });
    equal(message.length < 250, true, message);
    equal(message.endsWith('expected "last" or "best". Correct it, or leave it out.'), true);
  });

  it("says what a check over several options expects, where the check says it belongs", () => {
    const schema = v.pipe(
      v.strictObject({ rate: positive(), lowest: v.optional(number({ from: 0 }), 0) }),
      v.forward(
        v.partialCheck([["rate"], ["lowest"]], ({ rate, lowest }) => lowest <= rate, "a number up to the rate"),
        ["lowest"],
      ),
    );
    equal(
      messageOf({ rate: 0.1, lowest: 1 }, schema, "The schedule"),
      "The schedule has lowest: 1, expected a number up to the rate. Correct it, or leave it out.",
    );
  });

  it("passes functions and what is no plain data through as they are", () => {
    const [clock, pixels] = [() => 0, new Float32Array(4)];
    const schema = v.strictObject({
      clock: callback<() => number>(),
      pixels: passed<Float32Array>("a Float32Array", (given) => given instanceof Float32Array),
      random: v.optional(nullable(passed<object>("a generator of random numbers")), null),
    });
    const checked = checkOptions("time", schema, { clock, pixels });
    equal(checked.clock, clock);
    equal(checked.pixels, pixels);
    equal(checked.random, null);
    equal(messageOf({ clock: 3, pixels }, schema, "time"), "time has clock: 3, expected a function. Correct it.");
    equal(
      messageOf({ clock, pixels: [1, 2] }, schema, "time"),
      "time has pixels: [1, 2], expected a Float32Array. Correct it.",
    );
    equal(messageOf({ clock }, schema, "time"), "time lacks pixels, expected a Float32Array. Give it.");
  });

  it("takes microseconds", () => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < 1000; i++) checkOptions("A search", search, { epochs: 3, optimiser: { kind: "adam" } });
    equal(Number(process.hrtime.bigint() - start) / 1e6 < 500, true);
  });
});

describe("checkStored(file, schema, data, fix)", () => {
  const schema = v.object({ seeds: listOf(wholeNumber()), name: text() });

  it("gives the data without the keys that it does not know", () => {
    deepEqual(checkStored("plan.json", schema, { seeds: [1], name: "a", later: true }, "Restore it."), {
      seeds: [1],
      name: "a",
    });
  });

  it("names the file, the path in it, the value, what was expected and what to do", () => {
    const stored = (data: unknown, by: v.GenericSchema = schema) => checkStored("plan.json", by, data, "Restore it.");
    throws(() => stored({ seeds: [1, null], name: "a" }), {
      message: "plan.json has seeds[1]: null, expected a whole number from 0. Restore it.",
    });
    throws(() => stored({ seeds: [] }), {
      message: "plan.json lacks name, expected a text that is not empty. Restore it.",
    });
    throws(() => stored([]), { message: "plan.json is [], expected an object with seeds, name. Restore it." });
    throws(() => stored("x"), { message: 'plan.json is "x", expected an object with seeds, name. Restore it.' });
    throws(() => stored({ nome: 1 }, v.strictObject({ name: v.optional(text()) })), {
      message: 'plan.json has no key "nome". Did you mean "name"? It takes name.',
    });
  });
});
