import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadRelease } from "../../lib/release/load-release";
import { releaseModel } from "../../lib/release/release-model";
import { temporaryFolder } from "../helpers/temporary";
import { readOnnx } from "../onnx/read-onnx";
import { runOnnx } from "../onnx/run-onnx";
import { exampleClock, exampleContents } from "./example";

describe("toOnnx(folder) of a loaded release", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it("writes a model that gives the release's probability, with the card in it and beside it, and Python that uses it", async () => {
    const contents = exampleContents();
    const [source, target] = [join(folder.path, "release"), join(folder.path, "onnx")];
    await releaseModel(source, contents, { clock: exampleClock });
    contents.weights.dispose();
    const release = await loadRelease(source);
    await release.toOnnx(target);
    const pixels = Float32Array.from({ length: 900 }, (_, pixel) => ((pixel * 37) % 101) / 100);
    const [picture, box] = [
      { width: 30, height: 30, pixels },
      { left: 6, top: 7, width: 12, height: 10 },
    ];
    const { probability } = await release.predict(picture, { box });
    const { values } = await release.prepareInput(picture, { box });
    const { card } = release;
    release.dispose();

    deepEqual(readdirSync(target).sort(), ["MODEL_CARD.md", "model.onnx", "predict.py", "prepare.py", "sononas.json"]);
    const model = readOnnx(readFileSync(join(target, "model.onnx")));
    match(model.documentation, /^Research only/);
    deepEqual(JSON.parse(model.metadata.sononas!), card);
    deepEqual(JSON.parse(readFileSync(join(target, "sononas.json"), "utf8")), card);
    // The file normalises itself.
    const image = Float64Array.from({ length: 512 }, (_, place) => {
      const [plane, pixel] = [Math.floor(place / 256), place % 256];
      return values[pixel * 2 + plane]! * card.normalisation.deviation[plane]! + card.normalisation.mean[plane]!;
    });
    const given = runOnnx(model, { shape: [1, 2, 16, 16], values: image }).get("probabilities")!;
    ok(Math.abs(given.values[1]! - probability) < 1e-5, `${given.values[1]!} there, ${probability} here`);

    const lines = readFileSync(join(target, "predict.py"), "utf8");
    equal(lines.trim().split("\n").length, 5);
    match(lines, /box=\{"left": 120/);
    ok(readFileSync(join(target, "MODEL_CARD.md"), "utf8").includes(lines), "the card shows the lines");
  });

  it("refuses a folder with files in it, and a release that was disposed of", async () => {
    const contents = exampleContents();
    const [source, full] = [join(folder.path, "again"), join(folder.path, "full")];
    await releaseModel(source, contents);
    contents.weights.dispose();
    mkdirSync(full);
    writeFileSync(join(full, "mine.txt"), "mine");
    const release = await loadRelease(source);
    await rejects(release.toOnnx(full), /is there already, with "mine\.txt" in it/);
    deepEqual(readdirSync(full), ["mine.txt"]);
    release.dispose();
    await rejects(release.toOnnx(join(folder.path, "none")), /was disposed of/);
  });
});
