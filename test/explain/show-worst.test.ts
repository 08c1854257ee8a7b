import { equal, match, ok, rejects } from "node:assert/strict";

import sharp from "sharp";

import { prepare } from "../../lib/data/prepare/prepare";
import { makePhantomSet } from "../../lib/data/sets/phantom-set";
import { showWorst } from "../../lib/explain/show-worst";
import { captureBundles } from "../helpers/capture";

describe("showWorst(predictions, images, options)", () => {
  const shown = captureBundles();
  const made = (async () => {
    const { records } = await makePhantomSet({ count: 7, size: 64, malignant: 0.5, difficulty: 0.2, seed: 3 }).list("");
    return { records, prepared: await prepare(records, { size: 16 }, { cacheFolder: null }) };
  })();
  /** Of seven images five are called wrong. */
  const predictions = async () => {
    const { ids, labels } = (await made).prepared;
    return ids.map((id, place) => ({
      id,
      label: labels[place]!,
      probability: place < 5 ? 1 - labels[place]! * 0.9 - 0.01 * place : labels[place]!,
    }));
  };

  it("shows every error, the worst first, in pages that open without a script", async () => {
    await showWorst(await predictions(), await made, { perPage: 2 });
    const html = shown.last()["text/html"] as string;
    equal(html.match(/<details/g)!.length, 3);
    equal(html.match(/<details [^>]* open>/g)!.length, 1);
    match(html, />3 to 4 of 5 errors of 7 images</);
    ok(!html.includes("<script"));
    const sources = [...html.matchAll(/base64,([^"]+)"/g)].map((found) => Buffer.from(found[1]!, "base64"));
    equal(sources.length, 5);
    equal((await sharp(sources[0]).metadata()).width, 256);
    const lines = shown.last()["text/plain"].split("\n").slice(1);
    const losses = lines.map((line) =>
      Number(/loss ([\d.]+|infinite)$/.exec(line)![1]!.replace("infinite", "Infinity")),
    );
    ok(losses.every((loss, place) => place === 0 || loss <= losses[place - 1]!));
  });

  it("shows all images where it is asked to, and says where there is no error", async () => {
    await showWorst(await predictions(), await made, { all: true });
    match(shown.last()["text/html"] as string, /1 to 7 of 7 images/);
    const { ids, labels } = (await made).prepared;
    const right = ids.map((id, place) => ({ id, label: labels[place]!, probability: labels[place]! }));
    await showWorst(right, await made);
    match(shown.last()["text/plain"], /No errors of 7 images/);
  });

  it("refuses a prediction of an image without a record", async () => {
    await rejects(showWorst([{ id: "c", label: 0, probability: 0.9 }], await made), {
      name: "Problem",
      message: /"c"/,
    });
  });
});
