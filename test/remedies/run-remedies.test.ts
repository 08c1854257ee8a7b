import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { runRemediesCommand } from "../../lib/remedies/main";
import { remedyRows } from "../../lib/remedies/remedies-table";
import { runRemedies, type RemediesRequest } from "../../lib/remedies/run-remedies";
import { captureBundles, captureOutput } from "../helpers/capture";
import { lastingFolder } from "../helpers/temporary";
import { writeMaskedSet } from "../segment/helpers";

describe("runRemedies(folder, request, options)", function () {
  this.timeout(300_000);
  const folder = lastingFolder();
  const shown = captureBundles();
  const out = () => join(folder.path, "out");
  const request = (): RemediesRequest => ({
    ...{ dataset: "tiny", root: folder.path, profile: "smoke", seeds: null, folds: [1] },
    models: [{ name: "CNN3", kind: "hand-crafted", network: { kind: "hand-crafted", name: "CNN3" } }],
    ...{ training: { epochs: 1, batchSize: 8 }, split: { leaveOut: "device" }, onShared: "stop" },
  });
  before(() => {
    const device = ({ patient }: { patient: string }) => (patient.charCodeAt(patient.length - 1) % 2 === 0 ? "A" : "B");
    // Of one image the pixel size is not known.
    const pixelSize = (_: unknown, index: number) => (index === 3 ? "" : "0.2");
    writeMaskedSet(folder.path, { count: 48, columns: { device, pixelSize } });
  });
  const remedies = ["plain", "all together"];

  it("trains networks with each remedy that is asked for, on the same images of the same devices", async () => {
    const options = { remedies, workers: 1, list: false };
    const { sets, missing, notices } = await runRemedies(out(), request(), options);
    deepEqual(
      sets.map(({ variant }) => variant),
      remedies,
    );
    deepEqual(missing, []);
    match(notices[0]!, /"one scale" is left out: the pixel size of 1 of 48 images is not known/);
    const testedOf = ({ predictions: { rows } }: (typeof sets)[number]) =>
      rows.flatMap(({ part, id, fold }) => (part === "test" ? [`${fold} ${id}`] : [])).sort();
    for (const set of sets) deepEqual(testedOf(set), testedOf(sets[0]!));
    ok(sets[0]!.predictions.rows.every(({ fold }) => fold.startsWith("device ")));
    equal(remedyRows(sets, 20).filter(({ differences }) => differences !== null).length, 1);
    // What is done is only read.
    deepEqual((await runRemedies(out(), request(), { ...options, list: true })).sets, sets);
  });

  it("keeps table and predictions by the command, and says what is not done", async () => {
    const named = { "--dataset": "tiny", "--root": folder.path, "--folder": out(), "--profile": "smoke" };
    const more = { "--fold": "1", "--network": "CNN3", "--split": '{"leaveOut":"device"}' };
    await captureOutput(async () => {
      equal(await runRemediesCommand([...Object.entries({ ...named, ...more }).flat(), "--list"]), 1);
    });
    match(
      shown.last()["text/plain"],
      /^Not done: matched gray levels; varied gray levels; varied speckle; more benign images\.$/,
    );
    match(readFileSync(join(out(), "remedies.csv"), "utf8"), /^fold,remedy,model,patients,area,/);
    const { notices } = JSON.parse(readFileSync(join(out(), "remedies.json"), "utf8")) as { notices: string[] };
    equal(notices.length, 1);
  });

  it("refuses a set that records no such column", async () => {
    const split = { leaveOut: "verification" } as const;
    const list = { remedies: null, workers: 1, list: true };
    await rejects(runRemedies(out(), { ...request(), split }, list), /the set records none/);
  });
});
