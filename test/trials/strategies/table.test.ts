import { equal, match, ok } from "node:assert/strict";

import { poolStrategies } from "../../../lib/trials/strategies/table";

describe("the strategies for tables", () => {
  it("have a name of their own each, and say what they do", () => {
    equal(new Set(poolStrategies.map(({ kind }) => kind)).size, poolStrategies.length);
    for (const { kind, title, description } of poolStrategies) {
      match(kind, /^[a-z-]+$/);
      ok(title.length > 2 && description.endsWith("."));
    }
  });
});
