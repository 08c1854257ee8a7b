import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { readBenchmark } from "../../lib/tabular/benchmark";
import { readPutAsideIds } from "../../lib/tabular/folds";
import { temporaryFolder } from "../helpers/temporary";

describe("readBenchmark(folder)", () => {
  const root = temporaryFolder();
  const published = join(projectRoot, "results", "search-benchmark");

  it("gives what was published, each row of a network that there is, by the protocol or one that it amends", () => {
    const { protocol, networks, rows } = readBenchmark(published);
    const known = new Map(networks.map(({ set, place, network }) => [`${set} ${place}`, network]));
    for (const { set, place, network } of rows) equal(known.get(`${set} ${place}`), network);
    const hashes = new Set([protocol.hash, ...protocol.amendments.map(({ before }) => before)]);
    ok(rows.every((row) => hashes.has(row.protocol)));
    equal(new Set(networks.map(({ set }) => set)).size, Object.keys(protocol.sets).length);
  });

  it("keeps what networks say of the images that are put aside until it is asked for", () => {
    const folder = join(root.path, "copy");
    cpSync(published, folder, { recursive: true });
    const benchmark = readBenchmark(folder);
    const { logits, labels } = benchmark.putAside();
    deepEqual([logits.length, labels.length], [benchmark.rows.length, readPutAsideIds(folder).length]);
    ok(logits.every(({ length }) => length === labels.length));
    ok(labels.includes(0) && labels.includes(1));
    rmSync(join(folder, "test-logits.int16"));
    readBenchmark(folder);
    throws(() => benchmark.putAside(), /test-logits\.int16 is missing/);
    rmSync(join(folder, "protocol.json"));
    throws(() => readBenchmark(folder), /protocol\.json cannot be read/);
  });
});
