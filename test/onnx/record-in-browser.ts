/*
 * Runs every network that make-models.ts wrote in onnxruntime's build for browsers, in Node and in Chromium, and records how far it is
 * from what this library computes. The runtime is 140 MB large, so that it is not installed with the project:
 *
 *   npm install --prefix /tmp/onnx-web onnxruntime-web
 *   npx tsx test/onnx/make-models.ts /tmp/onnx-models
 *   npx tsx test/onnx/record-in-browser.ts /tmp/onnx-models /tmp/onnx-web
 */
import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { chromium, type Page } from "playwright-core";

import { findBrowser } from "../../setup/machine/find-browser.cjs";

interface Network {
  readonly name: string;
  readonly file: string;
  readonly shape: readonly number[];
  readonly image: readonly number[];
  readonly logits: readonly number[];
}

/** What is used of onnxruntime-web. */
interface Runtime {
  readonly env: {
    readonly wasm: { numThreads: number; wasmPaths?: string };
    readonly versions: { readonly web?: string };
  };
  readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => unknown;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{
      run(feeds: object): Promise<Readonly<Record<"logits", { readonly data: Float32Array }>>>;
      release(): Promise<void>;
    }>;
  };
}

const [folder, installed] = process.argv.slice(2) as [string, string];
const runtimeFolder = join(installed, "node_modules", "onnxruntime-web");
const pageOfRuntime = '<!doctype html><title>Page</title><script src="/ort.wasm.min.js"></script>';
const contentTypes = new Map([
  ["mjs", "text/javascript"],
  ["js", "text/javascript"],
  ["wasm", "application/wasm"],
  ["onnx", "application/octet-stream"],
]);

const largest = (found: ArrayLike<number>, { logits }: Network) =>
  Number(Math.max(...logits.map((value, index) => Math.abs(found[index]! - value))).toPrecision(3));

async function inNode(networks: readonly Network[]): Promise<number[]> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it is not among this project's packages
  const runtime = require(runtimeFolder) as Runtime;
  runtime.env.wasm.numThreads = 1;
  const found: number[] = [];
  for (const network of networks) {
    const session = await runtime.InferenceSession.create(readFileSync(join(folder, network.file)), {
      executionProviders: ["wasm"],
    });
    const image = new runtime.Tensor("float32", Float32Array.from(network.image), network.shape);
    found.push(largest((await session.run({ image })).logits.data, network));
    await session.release();
  }
  return found;
}

async function inBrowser(networks: readonly Network[]): Promise<{ browser: string; found: number[] }> {
  const server = createServer((request, response) => {
    const name = request.url!.slice(1);
    const path = name.endsWith(".onnx") ? join(folder, name) : join(runtimeFolder, "dist", name);
    response.setHeader("Content-Type", contentTypes.get(name.split(".").at(-1)!) ?? "text/html");
    if (name === "page") response.end(pageOfRuntime);
    else if (existsSync(path)) createReadStream(path).pipe(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({
    executablePath: findBrowser()!,
    args: ["--disable-gpu", "--disable-dev-shm-usage", ...sandbox],
  });
  const page: Page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`);
  const found: number[] = [];
  for (const network of networks) {
    const logits = await page.evaluate(async ({ file, shape, image }) => {
      const runtime = (globalThis as unknown as { ort: Runtime }).ort;
      runtime.env.wasm.numThreads = 1;
      const model = new Uint8Array(await (await fetch(`/${file}`)).arrayBuffer());
      const session = await runtime.InferenceSession.create(model, { executionProviders: ["wasm"] });
      const said = await session.run({ image: new runtime.Tensor("float32", Float32Array.from(image), shape) });
      const values = [...said.logits.data];
      await session.release();
      return values;
    }, network);
    process.stdout.write(`${network.name}: ${largest(logits, network)}\n`);
    found.push(largest(logits, network));
  }
  const version = browser.version();
  await browser.close();
  return { browser: `Chromium ${version}`, found };
}

async function main(): Promise<void> {
  const networks = JSON.parse(readFileSync(join(folder, "networks.json"), "utf8")) as Network[];
  const { version } = JSON.parse(readFileSync(join(runtimeFolder, "package.json"), "utf8")) as { version: string };
  const node = await inNode(networks);
  const { browser, found } = await inBrowser(networks);
  const rows = networks.map(({ name }, index) => ({ name, node: node[index]!, browser: found[index]! }));
  const recorded = { onnxruntimeWeb: version, node: process.version, browser, networks: rows };
  writeFileSync(join(__dirname, "recorded-in-browser.json"), `${JSON.stringify(recorded, null, 2)}\n`);
  process.exit(0);
}

void main();
