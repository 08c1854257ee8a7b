import { equal, ok, rejects } from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { hashOf } from "../../../lib/files/checksum";
import { fetchLayers } from "../../../lib/train/layers-model/fetch-layers";
import { checkLayers } from "../../../lib/train/layers-model/layers-specification";
import { fileServer, serve } from "../../helpers/file-server";
import { temporaryFolder } from "../../helpers/temporary";
import { savePretrained } from "./helpers";

describe("fetchLayers(layers)", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const mine = () => join(folder.path, "mine");
  const sumOf = (name: string) => hashOf(readFileSync(join(mine(), name)));
  const sums = () => ({ "model.json": sumOf("model.json"), "weights.bin": sumOf("weights.bin") });
  const at = (sha256: Record<string, string>) =>
    checkLayers({ kind: "layers model", address: `${server.url}/a/model.json`, sha256 });
  beforeEach(async () => {
    // Another model each time: what was fetched once stays in the cache.
    await savePretrained(mine(), { seed: Math.floor(performance.now() * 1000) });
    server.answer = (request, response) => {
      serve({ contents: readFileSync(join(mine(), basename(request.url!))) })(request, response);
    };
  });

  it("fetches all files of a model by their sums, once, and knows them again in a folder", async () => {
    const { folder: place, hash } = await fetchLayers(at(sums()));
    for (const name of ["model.json", "weights.bin"])
      ok(readFileSync(join(place, name)).equals(readFileSync(join(mine(), name))));
    equal(server.requests.length, 2);
    equal((await fetchLayers(at(sums()))).hash, hash);
    equal(server.requests.length, 2);
    equal((await fetchLayers(checkLayers({ kind: "layers model", folder: mine() }))).hash, hash);
    rmSync(place, { recursive: true });
  });

  it("refuses files that are not the expected ones, and files without a sum", async () => {
    const wrong = { ...sums(), "weights.bin": "0".repeat(64) };
    await rejects(fetchLayers(at(wrong)), /SHA-256 sum .*, expected 0{64}/);
    const { "model.json": model } = sums();
    await rejects(fetchLayers(at({ "model.json": model })), /has a file weights\.bin, for which no SHA-256 is given/);
    const own = checkLayers({ kind: "layers model", folder: mine(), sha256: { "weights.bin": "1".repeat(64) } });
    await rejects(fetchLayers(own), /weights\.bin has the SHA-256 sum .*, expected 1{64}/);
  });

  it("refuses servers that do not give them, and go on from where it was cut off", async () => {
    const whole = server.answer;
    server.answer = (_, response) => void response.writeHead(404).end();
    await rejects(fetchLayers(at(sums())), /404/);
    server.answer = (request, response) => {
      const contents = readFileSync(join(mine(), basename(request.url!)));
      serve({ contents, ...(contents.length > 500 ? { cutAfter: 200 } : {}) })(request, response);
    };
    await rejects(fetchLayers(at(sums())), { name: "Problem" });
    server.answer = whole;
    const { folder: place } = await fetchLayers(at(sums()));
    ok(server.requests.some(({ range }) => range === "bytes=200-"));
    rmSync(place, { recursive: true });
  });

  it("refuses folders without a model, and lists of weights that lead elsewhere", async () => {
    const own = (name: string) => fetchLayers(checkLayers({ kind: "layers model", folder: join(folder.path, name) }));
    await rejects(own("nothing"), /model\.json is missing/);
    const file = join(mine(), "model.json");
    writeFileSync(file, "{");
    await rejects(own("mine"), /is no JSON/);
    writeFileSync(file, JSON.stringify({ weightsManifest: [{ paths: ["../weights.bin"], weights: [] }] }));
    await rejects(own("mine"), /names no files beside it/);
    writeFileSync(file, JSON.stringify({ weightsManifest: [{ paths: ["other.bin"], weights: [] }] }));
    await rejects(own("mine"), /other\.bin is missing/);
  });
});
