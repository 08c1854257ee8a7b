import { deepEqual, equal, match, ok } from "node:assert/strict";

import type { Figure } from "../../lib/display/figure";
import type { MimeBundle } from "../../lib/display/notebook";
import { createRandom } from "../../lib/runtime/random";
import { countChoices } from "../../lib/search/search-record";
import { formatSearchEpoch, watchSearch } from "../../lib/search/watch-search";
import { describeArchitecture } from "../../lib/space/architecture";
import { buildNetwork } from "../../lib/space/build";
import type { Architecture } from "../../lib/space/kinds";
import { sampleArchitecture } from "../../lib/space/sample";
import { captureBundles, captureOutput } from "../helpers/capture";
import { epochRecord } from "./helpers";
import { plainText } from "../helpers/plain-text";
import { textsOf } from "../helpers/svg";
import { microSpace } from "../helpers/spaces";

const space = microSpace(2);
const architecture = sampleArchitecture(space, createRandom(1));
const networkOf = (found: Architecture) => buildNetwork(found, { height: 16, width: 16, channels: 1 });
const best = { architecture, reward: 0.84375 };
const choices = countChoices(space, [architecture]);
const records = [epochRecord(1, { meanReward: null, bestReward: null, choices }), epochRecord(2, { choices })];

describe("formatSearchEpoch(record)", () => {
  it("writes an epoch as one line, and what is not known not at all", () => {
    equal(
      formatSearchEpoch(
        epochRecord(12, {
          trainingLoss: 0.51212,
          meanReward: 0.7812,
          bestReward: 0.84375,
          baseline: 0.7764,
          entropy: 31.24,
        }),
      ),
      "epoch 12 | loss 0.5121 | reward 0.781, best 0.844 | baseline 0.776 | entropy 31.2 nats",
    );
    const nothing = { meanReward: null, bestReward: null, baseline: null, entropy: null };
    equal(formatSearchEpoch(epochRecord(1, { trainingLoss: 0.6931, ...nothing })), "epoch 1 | loss 0.6931");
    equal(
      formatSearchEpoch(epochRecord(1, { ...nothing, meanReward: 0.5, bestReward: 1 })),
      "epoch 1 | loss 0.6900 | reward 0.500, best 1.000",
    );
  });
});

describe("watchSearch(options) in a terminal", () => {
  it("prints a line an epoch, and the search at its beginning and its end", async () => {
    const text = (
      await captureOutput(async () => {
        const watch = watchSearch({ strategy: { kind: "evolution" }, seed: 4 }, networkOf);
        watch.begin(3, 30, []);
        await watch.advance(6, "epoch 1 of 2, loss 0.5");
        await watch.epoch(records.slice(0, 1), null);
        await watch.advance(21, "epoch 2 of 2, mean reward 0.7");
        await watch.epoch(records, best);
        await watch.end(records, best);
      })
    ).replaceAll("\r\x1b[2K", "");
    const lines = text.split("\n").filter((line) => line !== "");
    match(lines[0]!, /^evolution search, seed 4 3\/30 /);
    deepEqual(lines.slice(1, 3), records.map(formatSearchEpoch));
    match(lines[3]!, /^evolution search, seed 4 30\/30 \| epoch 2 \| loss 0\.68/);
    equal(lines.length, 4);
  });
});

describe("watchSearch(options) in a notebook", () => {
  const shown = captureBundles();
  const figures = () =>
    shown.all().flatMap((bundle) => {
      const figure = bundle["application/vnd.plotly.v1+json"] as Figure | undefined;
      return figure === undefined ? [] : [plainText(figure.layout.title)];
    });

  it("draws curves after every epoch, choices once something was scored, and the best cells when they change", async () => {
    const watch = watchSearch({ strategy: { kind: "enas" }, seed: 4 }, networkOf);
    watch.begin(0, 30, []);
    deepEqual(figures(), []);
    await watch.epoch(records.slice(0, 1), null);
    deepEqual(figures(), ["ENAS search, seed 4"]);
    await watch.epoch(records, best);
    deepEqual(figures().slice(1), ["ENAS search, seed 4", "Choices among the scored architectures"]);
    ok(pictureIn(shown.last()) !== null, "the cells are there when the epoch has been shown");
    await watch.epoch(records, best);
    await watch.end(records, best);
    const cells = () => shown.all().filter((bundle) => pictureIn(bundle) !== null);
    equal(cells().length, 1, "the same cells are not drawn again");
    match(cells()[0]!["text/plain"], /^Best so far: reward 0\.844 on one draw of search-validation images\n/);
    ok(cells()[0]!["text/plain"].includes(describeArchitecture(architecture)));
    equal(
      String(cells()[0]!["text/html"]).includes("<svg"),
      false,
      "an image, which stays in a notebook that is not trusted",
    );
    const texts = textsOf(pictureIn(cells()[0]!)!);
    ok(texts.includes("16×16×20") && texts.includes("layer7"), "with shapes, and the whole network");
  });

  it("shows what an earlier run had done at once", () => {
    const watch = watchSearch({ strategy: { kind: "enas" }, seed: 4 }, networkOf);
    watch.begin(20, 30, records);
    equal(figures().length, 2);
  });
});

/** Reads the drawing in an output; null where there is none. */
function pictureIn(bundle: MimeBundle): string | null {
  const [, data] = /src="data:image\/svg\+xml;base64,([\w+/=]+)"/.exec(String(bundle["text/html"])) ?? [];
  return data === undefined ? null : Buffer.from(data, "base64").toString();
}
