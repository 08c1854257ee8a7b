import { equal } from "node:assert/strict";

import { nameOfRow } from "../../lib/tabular/row";
import { makeRow } from "./helpers";

describe("nameOfRow(row)", () => {
  it("tells trainings apart, and is the same for the same", () => {
    const row = makeRow({});
    const others = [{ set: "macro" }, { place: 1 }, { fold: 2 }, { repeat: 2 }, { size: 64 }, { epochs: 25 }].map(
      makeRow,
    );
    equal(new Set([row, ...others].map(nameOfRow)).size, 7);
    equal(nameOfRow(makeRow({ area: 0.9, cpuSeconds: 7 })), nameOfRow(row));
  });
});
