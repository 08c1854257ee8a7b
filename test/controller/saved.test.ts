import { deepEqual, match, throws } from "node:assert/strict";

import { damaged, readHead, writeHead } from "../../lib/controller/saved";
import { microSpace } from "../helpers/spaces";

const head = { strategy: "enas", space: microSpace(5) } as const;

describe("writeHead(head) and readHead(state, head)", () => {
  it("give the state's data where it is of the same strategy and space", () => {
    const json = JSON.parse(JSON.stringify({ ...writeHead(head), more: 7 })) as { more: number };
    deepEqual(readHead({ json, arrays: new Map() }, head), { ...head, more: 7 });
  });

  it("refuse a state of another strategy or space, and what is none", () => {
    const state = { json: writeHead(head), arrays: new Map() };
    throws(() => readHead(state, { ...head, strategy: "uniform" }), /is of strategy "enas", expected "uniform"/);
    throws(() => readHead(state, { ...head, space: microSpace(4) }), /is of space .*"nodes":5.*, expected .*"nodes":4/);
    for (const json of [null, 3, "x", [], {}]) {
      throws(() => readHead({ json, arrays: new Map() }, head), /is of strategy undefined/);
    }
  });
});

describe("damaged(name)", () => {
  it("says what is missing, and what to do", () => {
    match(damaged("baseline").message, /^The baseline of a saved state is missing or wrong\. Carry on with/);
  });
});
