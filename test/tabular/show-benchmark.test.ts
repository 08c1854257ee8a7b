import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";

import { createRandom } from "../../lib/runtime/random";
import type { Benchmark } from "../../lib/tabular/benchmark";
import { replayOnTable } from "../../lib/tabular/replay-on-table";
import { showBenchmark } from "../../lib/tabular/show-benchmark";
import { captureBundles } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { exampleBenchmark } from "./example";
import { nestedBenchmark } from "./nested-example";
import { exampleReplay, wholeBenchmark } from "./replay-example";
import { writeProtocol } from "./helpers";

describe("showBenchmark(table, part, random)", function () {
  this.timeout(30_000);
  const shown = captureBundles();
  const folder = temporaryFolder();
  const said = () => shown.all().map(({ "text/plain": plain }) => plain);

  it("shows how much of each step is measured", () => {
    const at = writeProtocol(join(folder.path, "benchmark"));
    showBenchmark(exampleBenchmark({ folder: at }), "steps");
    match(said()[0]!, /first.*0 of 3/s);
  });

  it("shows what is measured as tables and figures, the same each time", () => {
    for (const part of ["reliability", "spaces", "scores", "front"] as const) showBenchmark(exampleBenchmark(), part);
    const once = said();
    equal(once.filter((text) => text.startsWith("Figure: ")).length, 2);
    match(once.join("\n"), /No score can agree with these labels beyond τ = 0\.\d\d\./);
    match(once.join("\n"), /parameters +24 +1 +0\.\d\d \[/);
    match(once.join("\n"), /Not yet: scores by shared weights\./);
    showBenchmark(exampleBenchmark(), "reliability", createRandom(1));
    deepEqual(said().slice(once.length), once.slice(0, 2));
  });

  it("says what is not measured yet, and goes on", () => {
    const nothing: Partial<Benchmark> = { rows: [] };
    for (const part of ["reliability", "spaces", "scores", "front", "replay", "nested"] as const)
      showBenchmark(exampleBenchmark(nothing), part);
    equal(said().length, 6);
    ok(said().every((text) => text.startsWith("Not yet: ")));
  });

  it("leaves networks out of the front that do not train, and counts them", () => {
    const { rows } = exampleBenchmark();
    showBenchmark(
      exampleBenchmark({ rows: rows.map((row) => (row.place < 2 ? { ...row, area: 0.6 } : row)) }),
      "front",
    );
    match(said()[0]!, /^2 networks that do not train/);
  });

  it("shows what replays on images put aside came to", async () => {
    const replay = await replayOnTable(wholeBenchmark(), exampleReplay, null);
    showBenchmark(wholeBenchmark({ replay }), "replay");
    const text = said().join("\n");
    match(text, /Figure: Strategies replayed/);
    match(text, /at 10 processor minutes, on images put aside/);
    match(text, /24 networks; shared scores of the way worth\. A ridge regression foretells −?\d\.\d\d/);
  });

  it("shows what was tested on outer folds, of one arm alone too", () => {
    const { nested } = nestedBenchmark();
    showBenchmark(exampleBenchmark({ nested: nested.filter(({ search }) => search !== null) }), "nested");
    equal(said().length, 1);
    match(said()[0]!, /race +3 +0\.8000/);
  });

  it("names the default, and the steps that could change it", () => {
    showBenchmark(exampleBenchmark(), "default");
    match(said()[0]!, /^random-race: /);
    match(said()[1]!, /^Not taken yet: confirm, replay, nested\.$/);
  });
});
