import { deepEqual, doesNotThrow, equal, notEqual } from "node:assert/strict";

import * as v from "valibot";

import {
  agreement,
  asGiven,
  callback,
  flag,
  listOf,
  nullable,
  number,
  oneOf,
  passed,
  pattern,
  positive,
  share,
  text,
  wholeNumber,
} from "../../lib/runtime/option-values";
import { checkOptions } from "../../lib/runtime/options";
import { Problem } from "../../lib/runtime/problem";
import { say } from "../../lib/runtime/schema-places";

function messageOf(schema: v.GenericSchema, value: unknown): string {
  try {
    checkOptions("It", schema, value);
  } catch (error) {
    equal(error instanceof Problem, true, String(error));
    return (error as Problem).message;
  }
  throw new Error(`${say(value)} was not refused`);
}

describe("the values of options", () => {
  const good = (schema: v.GenericSchema, values: readonly unknown[]) => {
    for (const value of values) doesNotThrow(() => checkOptions("It", schema, value), String(value));
  };
  const bad = (schema: v.GenericSchema, expected: string, values: readonly unknown[]) => {
    for (const value of values)
      equal(messageOf(schema, value), `It is ${say(value)}, expected ${expected}. Correct it.`);
  };

  it("are whole numbers within bounds", () => {
    good(wholeNumber(), [0, 7, 2 ** 53 - 1]);
    bad(wholeNumber(), "a whole number from 0", [-1, 0.5, NaN, "1", 1n, true]);
    good(wholeNumber({ from: -3, to: 3 }), [-3, 0, 3]);
    bad(wholeNumber({ from: -3, to: 3 }), "a whole number from -3 to 3", [-4, 4]);
  });

  it("are numbers within bounds", () => {
    good(number(), [-1e300, 0, 0.5]);
    bad(number(), "a number", [NaN, Infinity, -Infinity, "0", null]);
    good(share(), [0, 0.999]);
    bad(share(), "a number from 0 to below 1", [1, -0.1, NaN]);
    good(positive(), [Number.MIN_VALUE, 1e9]);
    bad(positive(), "a number above 0", [0, -1, Infinity]);
    good(number({ above: 0, below: 1 }), [0.1]);
    bad(number({ above: 0, below: 1 }), "a number between 0 and 1", [0, 1]);
    bad(number({ from: 0, to: 180 }), "a number from 0 to 180", [-1, 181]);
    bad(number({ to: 0 }), "a number to 0", [1]);
  });

  it("are texts that say something, and choices", () => {
    good(text(), ["a"]);
    bad(text(), "a text that is not empty", ["", " ", 3, null]);
    bad(text('the name of a data set: "bus-bra"'), 'the name of a data set: "bus-bra"', ["", 3]);
    good(pattern(/^\d+ px$/, "pixels"), ["12 px"]);
    bad(pattern(/^\d+ px$/, "pixels"), "pixels", ["12", "px", 12, null]);
    good(oneOf(["edge", "black"]), ["edge"]);
    bad(oneOf(["edge", "black"]), '"edge" or "black"', ["", null]);
    equal(
      messageOf(oneOf(["edge", "black"]), "Edge"),
      'It is "Edge", expected "edge" or "black". Did you mean "edge"? Correct it.',
    );
    bad(oneOf([1, 3, 5]), "1, 3 or 5", [2, "1"]);
    bad(flag(), "true or false", [0, "true", null]);
  });

  it("are lists of them", () => {
    good(listOf(wholeNumber()), [[], [1, 1]]);
    bad(listOf(wholeNumber()), "a list", [3, "1", { 0: 1 }, null]);
    bad(listOf(wholeNumber(), { least: 2 }), "a list of at least 2 items", [[], [1]]);
  });

  it("are lists of their own, with the caller's items", () => {
    const given = [{}, {}];
    const checked = checkOptions("It", listOf(passed<object>("anything")), given);
    notEqual(checked, given);
    equal(checked[1], given[1]);
    deepEqual(checked, given);
  });

  it("are checked and kept as they were given, without their defaults", () => {
    const part = v.strictObject({ rate: v.optional(number(), 1), deep: v.optional(v.strictObject({ on: flag() })) });
    const schema = v.strictObject({ part: v.optional(asGiven(part), {}) });
    const given = { part: { deep: { on: true } } };
    const checked = checkOptions("It", schema, given);
    deepEqual(checked, given);
    notEqual(checked.part.deep, given.part.deep);
    deepEqual(checkOptions("It", schema, {}), { part: {} });
    equal(
      messageOf(schema, { part: { deep: { on: 1 } } }),
      "It has part.deep.on: 1, expected true or false. Correct it.",
    );
    equal(
      messageOf(schema, { part: { rat: 1 } }),
      'It has no option "part.rat". Did you mean "part.rate"? part takes rate, deep.',
    );
  });

  it("are null where they may be", () => {
    good(nullable(flag()), [null, true]);
    bad(nullable(flag()), "true or false, or null", [undefined, 0]);
    bad(flag(), "true or false", [null]);
  });

  it("are functions, and what is no plain data", () => {
    good(callback(), [() => 0, Date.now]);
    bad(callback("a clock"), "a clock", [0, null, {}]);
    good(passed("something"), [null, 0, new Map()]);
    bad(passed("something"), "something", [undefined]);
    bad(
      passed<Map<string, string>>("a Map", (given) => given instanceof Map),
      "a Map",
      [{}, null, new Set()],
    );
  });

  it("are checked for how they go together, once each of them is as it should be", () => {
    const schema = v.pipe(
      v.strictObject({ low: number(), high: v.optional(number(), 1) }),
      agreement(
        "high",
        ({ low, high }) => low <= high,
        ({ low }) => `a number from low, ${low}`,
      ),
    );
    deepEqual(checkOptions("It", schema, { low: 1 }), { low: 1, high: 1 });
    equal(messageOf(schema, { low: 2 }), "It has high: 1, expected a number from low, 2. Correct it, or leave it out.");
    equal(messageOf(schema, { low: "2", high: 1 }), 'It has low: "2", expected a number. Correct it.');
  });
});
