import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { chromium, type Browser } from "playwright-core";

import { buildCnn3 } from "../../lib/graph/hand-crafted/cnn3";
import { loadRelease } from "../../lib/release/load-release";
import { releaseModel } from "../../lib/release/release-model";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { fileServer } from "../helpers/file-server";
import { skip } from "../helpers/skip";
import { calmWeights, exampleContents } from "./example";

describe("a release in a browser with TensorFlow.js as it is published", function () {
  this.timeout(120_000);
  const server = fileServer();
  let [browser, folder]: [Browser | undefined, string] = [undefined, ""];
  before(async function () {
    const program = findBrowser();
    if (program === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    folder = mkdtempSync(join(tmpdir(), "sononas-browser-"));
    // Chromium's sandbox does not work for an administrator, as whom containers run.
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({
      executablePath: program,
      args: ["--disable-gpu", "--no-first-run", "--disable-background-networking", ...sandbox],
      env: { ...process.env, HOME: folder },
    });
  });
  after(async () => {
    await browser?.close();
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  it("gives the same probabilities, of found and of hand-crafted networks", async () => {
    const found = exampleContents();
    const graph = buildCnn3({ height: 16, width: 16, channels: 2 });
    const handCrafted = { ...found, graph, weights: calmWeights(graph), architecture: null };
    const pixels = Float32Array.from({ length: 900 }, (_, pixel) => ((pixel * 37) % 101) / 100);
    const box = { left: 6, top: 7, width: 12, height: 10 };
    for (const [name, contents] of Object.entries({ found, handCrafted })) {
      const target = join(folder, name);
      await releaseModel(target, contents);
      const release = await loadRelease(target);
      const { values } = await release.prepareInput({ width: 30, height: 30, pixels }, { box });
      const { probability } = await release.predict({ width: 30, height: 30, pixels }, { box });
      const { temperature } = release.card;
      release.dispose();
      contents.weights.dispose();

      server.answer = (request, response) => {
        const file = basename(request.url!);
        if (file === "page") response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Page</title>");
        else if (existsSync(join(target, file))) response.end(readFileSync(join(target, file)));
        else response.writeHead(404).end();
      };
      const page = await browser!.newPage();
      await page.goto(`${server.url}/page`);
      await page.addScriptTag({ path: require.resolve("@tensorflow/tfjs/dist/tf.min.js") });
      // A text, so that nothing of the tests' compiler comes with it.
      const [shown, backend] = await page.evaluate<[number[], string]>(`(async () => {
        await tf.setBackend("cpu");
        const model = await tf.loadLayersModel("/model.json");
        const x = tf.tensor4d(${JSON.stringify([...values])}, [1, 16, 16, 2]);
        const probabilities = await tf.softmax(model.predict(x).div(${temperature})).data();
        return [[...probabilities], tf.getBackend()];
      })()`);
      await page.close();
      equal(backend, "cpu");
      ok(Math.abs(shown[1]! - probability) < 1e-4, `${name}: ${shown[1]!} in the browser, ${probability} here`);
      ok(probability > 0.01 && probability < 0.99, `${name}: ${probability} would hide a difference`);
      deepEqual(
        server.requests.map(({ path }) => path).filter((path) => !path.includes("favicon")),
        ["/page", "/model.json", "/weights.bin"],
      );
      server.requests.length = 0;
    }
  });
});
