import { equal, notEqual } from "node:assert/strict";

import { canonicalJson } from "../../lib/files/canonical-json";

describe("canonicalJson(data)", () => {
  it("writes equal data alike, whatever the order of their keys", () => {
    const one = { size: 64, region: { kind: "box", margin: 10 }, list: [{ b: 1, a: null }] };
    const other = { list: [{ a: null, b: 1 }], region: { margin: 10, kind: "box" }, size: 64 };
    equal(canonicalJson(one), canonicalJson(other));
    equal(canonicalJson(one), '{"list":[{"a":null,"b":1}],"region":{"kind":"box","margin":10},"size":64}');
  });

  it("keeps the order of lists, which means something", () => {
    notEqual(canonicalJson(["gray", "mask"]), canonicalJson(["mask", "gray"]));
  });

  it("leaves out keys without a value, and keeps null", () => {
    equal(canonicalJson({ b: undefined, a: null, c: "ü×" }), '{"a":null,"c":"ü×"}');
  });
});
