import { equal } from "node:assert/strict";

import * as v from "valibot";

import { describeShape, placeOf, say, type Shape } from "../../lib/runtime/schema-places";

describe("placeOf(schema, data, keys)", () => {
  const inner = v.strictObject({ deep: v.nullish(v.number("a share")) });
  const schema = v.strictObject({
    one: v.optional(v.strictObject({ two: v.array(v.tuple([v.string(), v.nullable(inner)])) })),
    by: v.record(v.string(), v.variant("kind", [v.strictObject({ kind: v.literal("a"), size: v.number() })])),
  }) as Shape;
  const data = { one: { two: [["x", { deep: 3 }]] }, by: { first: { kind: "a", size: 1 } } };

  it("tells the path and what the schema says of it, through objects, lists, tuples, records and kinds", () => {
    const deep = placeOf(schema, data, ["one", "two", 0, 1, "deep"]);
    equal(deep.path, "one.two[0][1].deep");
    equal(deep.shape?.message, "a share");
    equal(deep.owner.path, "one.two[0][1]");
    equal(deep.optional, true);
    equal(deep.nullable, true);
    equal(deep.kind, "");
    const size = placeOf(schema, data, ["by", "first", "size"]);
    equal(size.shape?.type, "number");
    equal(size.kind, ' for kind "a"');
    equal(size.optional, false);
  });

  it("tells the owner of a key that the schema does not know", () => {
    const place = placeOf(schema, { one: { tow: 1 } }, ["one", "tow"]);
    equal(place.shape, undefined);
    equal(Object.keys(place.owner.shape.entries!).join(), "two");
  });

  it("gives the whole where there are no keys", () => {
    const whole = placeOf(schema, data, []);
    equal(whole.path, "");
    equal(whole.shape, schema);
  });
});

describe("describeShape(shape)", () => {
  it("says what a schema expects, in its own words where it has some", () => {
    for (const [schema, words] of [
      [v.string(), "a text"],
      [v.string("a date"), "a date"],
      [v.number(), "a number"],
      [v.boolean(), "true or false"],
      [v.array(v.string()), "a list"],
      [v.literal("last"), '"last"'],
      [v.null(), "null"],
      [v.picklist(["a", "b", 3]), '"a", "b" or 3'],
      [v.union([v.number(), v.nullable(v.string())]), "a number or a text, or null"],
      [v.strictObject({ a: v.string(), b: v.string() }), "an object with a, b"],
      [v.strictObject({}), "an object with nothing in it"],
      [v.record(v.string(), v.string()), "an object"],
      [
        v.variant("by", [v.strictObject({ by: v.literal("x") }), v.strictObject({ by: v.literal("y") })]),
        'an object with by "x" or "y"',
      ],
      [v.date(), "Date"],
    ] as const) {
      equal(describeShape(schema as Shape), words);
    }
  });
});

describe("say(value)", () => {
  it("writes numbers as numbers and texts in quotation marks", () => {
    for (const [value, said] of [
      [3, "3"],
      [-0.5, "-0.5"],
      [NaN, "NaN"],
      ["3", '"3"'],
      ['a "b"', '"a \\"b\\""'],
      [null, "null"],
      [undefined, "undefined"],
      [[1, "a", [NaN]], '[1, "a", [NaN]]'],
      [{ a: 1, b: {} }, "{ a: 1, b: {} }"],
      [Object.create(null), "{}"],
      [new Date(0), "a Date"],
      [Symbol("x"), "Symbol(x)"],
    ] as const) {
      equal(say(value), said);
    }
  });

  it("is short, however long or deep the value, and even where it holds itself", () => {
    const round: unknown[] = [];
    round.push(round);
    equal(say(round).length <= 120, true);
    equal(say("x".repeat(1e6)).length, 120);
    equal(say(Array.from({ length: 1e6 }, (_, i) => i)).length, 120);
  });
});
