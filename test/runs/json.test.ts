import { deepEqual, equal, throws } from "node:assert/strict";
import { runInNewContext } from "node:vm";

import * as v from "valibot";

import { isPlainObject, parseAs, parseJson, writeJson } from "../../lib/runs/json";
import type { Json } from "../../lib/runs/state";

describe("writeJson(data, name)", () => {
  it("writes what JSON.stringify writes of plain data", () => {
    const data = { b: [1, -2.5, 1e300, "ü\n\u2028", null, true], a: {}, skipped: undefined as unknown as Json };
    equal(writeJson(data, "It"), JSON.stringify(data));
  });

  it("keeps the sign of zero, which JSON.stringify drops", () => {
    equal(Object.is((parseJson(writeJson([-0], "It")) as number[])[0], -0), true);
  });

  it("refuses what JSON would change without a word, and names the place", () => {
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [{ best: { loss: NaN } }, /^It: "best\.loss" is NaN, which JSON cannot hold\. Give finite/],
      [-Infinity, /^It is -Infinity/],
      [[1, [undefined]], /"\[1\]\[0\]" is of the type undefined/],
      [Array(2), /"\[0\]" is of the type undefined/],
      [{ a: new Map() }, /"a" is of the class Map/],
      [{ a: new Float32Array(1) }, /"a" is of the class Float32Array/],
      [{ a: () => 1 }, /"a" is of the type function/],
      [{ a: 1n }, /"a" is of the type bigint/],
      [JSON.parse('{"__proto__": 1}'), /"__proto__" is a name that objects cannot hold safely/],
    ];
    for (const [data, message] of cases) {
      throws(() => writeJson(data as Json, "It"), { name: "Problem", message });
    }
  });

  it("refuses data that hold themselves", () => {
    const data: { self?: unknown } = {};
    data.self = data;
    throws(() => writeJson(data as Json, "It"), { name: "Problem", message: /more than 100 lists or objects deep/ });
  });
});

describe("parseJson(text)", () => {
  it("reads JSON", () => {
    deepEqual(parseJson('{"a":[1,{"b":null}]}'), { a: [1, { b: null }] });
  });

  it("refuses the key __proto__, however it is written, and what lies too deep", () => {
    for (const key of ["__proto__", "\\u005f_proto__"]) throws(() => parseJson(`[{"${key}":{"x":1}}]`), /__proto__/);
    throws(() => parseJson("[".repeat(200) + "]".repeat(200)), /deep/);
    throws(() => parseJson("[".repeat(100_000)), Error);
    equal(({} as { x?: unknown }).x, undefined);
  });
});

describe("parseAs(schema, text)", () => {
  const schema = v.strictObject({ a: v.number() });

  it("gives what is as it should be, and null of all else", () => {
    deepEqual(parseAs(schema, '{"a":1}'), { a: 1 });
    for (const text of ["", '{"a":1', '{"a":"1"}', '{"a":1,"b":2}', '{"a":1,"__proto__":{}}', "null"])
      equal(parseAs(schema, text), null, text);
  });
});

describe("isPlainObject(data)", () => {
  it("tells objects of keys and values from all else, also those of another realm", () => {
    for (const data of [{}, { a: 1 }, Object.create(null), runInNewContext("({ a: 1 })")])
      equal(isPlainObject(data), true);
    for (const data of [
      null,
      [],
      1,
      "a",
      new Date(0),
      new (class {
        a = 1;
      })(),
      new Uint8Array(1),
    ])
      equal(isPlainObject(data), false);
  });
});
