import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { costOf } from "../../lib/graph/cost";
import { buildCnn3 } from "../../lib/graph/hand-crafted/cnn3";
import { checkCard } from "../../lib/release/card";
import { releaseModel, type ReleaseContents } from "../../lib/release/release-model";
import { tf } from "../../lib/runtime/tensorflow";
import { hashArchitecture } from "../../lib/space/encode";
import { weightsOfGraph } from "../networks/helpers";
import { textsOf } from "../helpers/svg";
import { temporaryFolder } from "../helpers/temporary";
import { exampleArchitecture, exampleClock, exampleContents, exampleGraph } from "./example";

describe("releaseModel(folder, contents, options)", () => {
  const folder = temporaryFolder();
  const target = () => join(folder.path, "release");
  const read = (name: string) => readFileSync(join(target(), name), "utf8");
  const contents = exampleContents();
  after(() => {
    contents.weights.dispose();
  });

  it("writes all that is needed, counts what can be counted, and leaves no tensor", async () => {
    const before = tf.memory().numTensors;
    const card = await releaseModel(target(), contents, { clock: exampleClock });
    equal(tf.memory().numTensors, before);
    deepEqual(readdirSync(folder.path), ["release"]);
    deepEqual(
      readdirSync(target()).sort(),
      [
        "MODEL_CARD.md",
        "architecture.json",
        "architecture.svg",
        "checksums.json",
        "model.json",
        "network.json",
        "sononas.json",
        "weights.bin",
      ].sort(),
    );
    deepEqual(checkCard(JSON.parse(read("sononas.json")), "it"), card);
    equal(card.date, "2026-11-23");
    equal(card.network.parameters, costOf(exampleGraph).trainable);
    equal(readFileSync(join(target(), "weights.bin")).length, card.network.weightBytes);
    equal(card.network.architectureHash, hashArchitecture(exampleArchitecture));
    deepEqual(JSON.parse(read("architecture.json")), exampleArchitecture);
    ok(textsOf(read("architecture.svg")).some((text) => text.startsWith("Normal cell")));
    match(read("MODEL_CARD.md"), /^> Research only/);
    match(read("MODEL_CARD.md"), /AUC \| 0\.912/);
    equal(card.preparation.padding, "edge");
    deepEqual(Object.keys(card.software), ["sononas", "@tensorflow/tfjs", "node"]);
  });

  it("writes a hand-crafted network without an architecture", async () => {
    const graph = buildCnn3({ height: 16, width: 16, channels: 2 });
    const weights = weightsOfGraph(graph);
    const card = await releaseModel(target(), { ...contents, graph, weights, architecture: null });
    weights.dispose();
    equal(card.network.architectureHash, null);
    ok(!existsSync(join(target(), "architecture.json")) && !existsSync(join(target(), "architecture.svg")));
  });

  it("overwrites nothing", async () => {
    await releaseModel(target(), contents);
    const before = read("sononas.json");
    await rejects(releaseModel(target(), { ...contents, threshold: 0.9 }), {
      name: "Problem",
      message: /is there already/,
    });
    equal(read("sononas.json"), before);
  });

  it("refuses what is not said, not known or out of range, and then writes nothing", async () => {
    const before = tf.memory().numTensors;
    const refuse = (given: object, message: RegExp) =>
      rejects(releaseModel(target(), { ...contents, ...given }), { name: "Problem", message });
    await refuse({ thresholdOrigin: "" }, /thresholdOrigin: "", expected a text/);
    await refuse({ intendedUse: undefined }, /has intendedUse: undefined, expected a text/);
    await refuse({ threshold: NaN }, /threshold: NaN/);
    await refuse({ temperature: -1 }, /temperature: -1/);
    await refuse({ tresholdOrigin: "x" }, /no option "tresholdOrigin".*"thresholdOrigin"/);
    await refuse({ results: [{ AUC: NaN }] }, /results\[0\]\.AUC: NaN/);
    await refuse(
      { preparation: { size: 32, channels: ["gray", "size"] } },
      /\[32, 32, 2\], and .* takes \[16, 16, 2\]/,
    );
    await refuse({ normalisation: { mean: [0], deviation: [1] } }, /for 2 planes/);
    const graph = buildCnn3({ height: 16, width: 16, channels: 2 }, { classes: 3 });
    await refuse({ graph }, /tells 3 classes apart, expected benign and malignant/);
    await refuse({ graph: buildCnn3({ height: 16, width: 16, channels: 2 }) }, /There is no weight/);
    equal(tf.memory().numTensors, before);
    deepEqual(readdirSync(folder.path), []);
  });

  it("refuses weights that are not finite, and names one", async () => {
    const damaged: ReleaseContents = exampleContents();
    const bias = damaged.weights.of(exampleGraph.output, "bias");
    bias.assign(tf.tensor1d([0, NaN]));
    await rejects(releaseModel(target(), damaged), { name: "Problem", message: /bias of .* is not finite/ });
    damaged.weights.dispose();
    deepEqual(readdirSync(folder.path), []);
  });

  it("leaves nothing where the folder cannot be written", async () => {
    writeFileSync(join(folder.path, "file"), "");
    await rejects(releaseModel(join(folder.path, "file", "release"), contents), { name: "Problem" });
    deepEqual(readdirSync(folder.path), ["file"]);
  });
});
