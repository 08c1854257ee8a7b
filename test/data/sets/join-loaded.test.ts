import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { join } from "node:path";

import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import { joinLoaded } from "../../../lib/data/sets/join-loaded";
import { loadDataSet, type LoadedSet } from "../../../lib/data/sets/load";
import { splitSet } from "../../../lib/data/sets/split-set";
import { checkSplit } from "../../../lib/data/split/check-split";
import { groupRecords } from "../../../lib/data/split/groups";
import { createRandom } from "../../../lib/runtime/random";
import { temporaryFolder } from "../../helpers/temporary";
import { writeOtherSet } from "../../external/example";

const mine = generatePhantoms({ count: 28, size: 48, malignant: 0.5, random: createRandom(91) });
const otherLabel = (phantom: (typeof mine)[number]) => ({
  ...phantom,
  label: phantom.label === "benign" ? ("malignant" as const) : ("benign" as const),
});

describe("joinLoaded(parts, options), by loadDataSet", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const load = (options: Parameters<typeof loadDataSet>[1] = {}, name = "here+there") =>
    loadDataSet(name, { root: folder.path, cacheFolder: join(folder.path, "cache"), ...options });
  const write = (more: readonly (typeof mine)[number][] = []) => {
    writeOtherSet(folder.path, "here", { count: 28 });
    writeOtherSet(folder.path, "there", { seed: 17, count: 24, more });
  };

  it("puts the images of all sets together, with what was seen of them, and tells how far it is over all", async () => {
    write();
    const told: [number, number][] = [];
    const onProgress = (done: number, total: number) => void told.push([done, total]);
    const { records, inspections, leftOut, dataHash } = await load({ onProgress });
    deepEqual([records.length, leftOut.length], [52, 0]);
    deepEqual(
      inspections.map(({ id }) => id),
      records.map(({ id }) => id),
    );
    deepEqual(told.at(-1), [52, 52]);
    ok(told.every(([done, total], index) => total === 52 && (index === 0 || done >= told[index - 1]![0])));
    equal((await load()).dataHash, dataHash);
    const alone = await load({}, "here");
    ok(alone.dataHash !== dataHash);
  });

  it("refuses images that two sets have, or leaves out those of the later one, and tells of them", async () => {
    write(mine.slice(2, 5));
    await rejects(
      load(),
      /^Problem: 3 images stand in two of the sets.*here\/.* are the same picture.*onShared=leave-out/s,
    );
    const { records, leftOut, findings } = await load({ onShared: "leave-out" });
    equal(records.length, 52);
    ok(leftOut.length === 3 && leftOut.every(({ set }) => set === "there"));
    equal(findings.filter(({ check }) => check === "image of two sets").length, 3);
    const turned = await load({ onShared: "leave-out" }, "there+here");
    ok(turned.leftOut.every(({ set }) => set === "here"));
  });

  it("tells of labels that contradict each other, and leaves both images out or keeps the earlier set's, as is said", async () => {
    write([mine[2]!, otherLabel(mine[3]!)]);
    await rejects(load(), /2 images stand in two of the sets.*1 of them have another label there/);
    await rejects(
      load({ onShared: "leave-out" }),
      /1 images stand in two of the sets with different labels.*benign.*malignant|malignant.*benign/,
    );
    const left = await load({ onShared: "leave-out", onContradiction: "leave-out" });
    deepEqual([left.records.length, left.leftOut.length], [51, 3]);
    const kept = await load({ onShared: "leave-out", onContradiction: "keep" });
    deepEqual([kept.records.length, kept.leftOut.length], [52, 2]);
    const [contradiction] = kept.findings.filter(({ check }) => check === "one image in two classes");
    equal(contradiction!.severity, "error");
    match(contradiction!.message, /here\/.*\((benign|malignant)\) and there\/.*are the same picture/);
  });

  it("refuses a set of one class", async () => {
    write();
    const [here, there] = [await load({}, "here"), await load({}, "there")];
    const benign = there.records.map(({ label }) => label === "benign");
    const half = <Item>(list: readonly Item[]) => list.filter((_, place) => benign[place]);
    const one: LoadedSet = { ...there, records: half(there.records), inspections: half(there.inspections) };
    const options = { onShared: "stop", onContradiction: "stop" } as const;
    throws(() => joinLoaded([here, one], options), /All \d+ images of .*there.* are benign.*how the set's images look/);
  });

  it("is divided with every set in every part, or with one set left out at a time", async () => {
    write();
    const loaded = await load();
    const split = splitSet(loaded, { folds: 3 });
    deepEqual(checkSplit(split, loaded.records, groupRecords(loaded.records)), []);
    match(split.name, /of each set/);
    const share = (ids: readonly string[]) => ids.filter((id) => id.startsWith("here/")).length / ids.length;
    for (const { train, validation, test } of split.folds)
      for (const ids of [train, validation, test]) ok(Math.abs(share(ids) - 28 / 52) < 0.12, String(share(ids)));
    const one = splitSet(loaded, { leaveOut: "set" });
    deepEqual(
      one.folds.map(({ name, test }) => [name, new Set(test.map((id) => id.split("/")[0])).size, test.length]),
      [
        ["set here", 1, 28],
        ["set there", 1, 24],
      ],
    );
    for (const { train, validation, test } of one.folds)
      ok([...train, ...validation].every((id) => id.split("/")[0] !== test[0]!.split("/")[0]));
  });
});
