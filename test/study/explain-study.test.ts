import { deepEqual, equal, match, ok } from "node:assert/strict";

import { prepare } from "../../lib/data/prepare/prepare";
import { makePhantomSet } from "../../lib/data/sets/phantom-set";
import { classStyles } from "../../lib/display/colors";
import type { Prediction } from "../../lib/evaluate/predictions";
import { scaleHeatMaps } from "../../lib/explain/heat-maps";
import { tf } from "../../lib/runtime/tensorflow";
import {
  attentionTable,
  groupsOf,
  heatMapImages,
  occlude,
  summariseAttention,
  type AttentionRow,
} from "../../lib/study/explain-study";
import type { Study } from "../../lib/study/open-study";
import { trainNetwork } from "../../lib/train/train-network";
import { graphFor, quickly, tinyImages } from "../train/helpers";

const prediction = (id: string, label: 0 | 1, probability: number): Prediction => ({
  ...{ id, patient: null, label, logit: 0, probability, fold: "fold 1", seed: 1, part: "test" },
});

describe("heatMapImages(study, predictions, scaled, options)", () => {
  const made = (async () => {
    const { records } = await makePhantomSet({ count: 6, size: 64, malignant: 0.5, difficulty: 0.2, seed: 3 }).list("");
    const prepared = await prepare(records, { size: 2 }, { cacheFolder: null });
    const predictions = prepared.ids.map((id, place) =>
      prediction(id, prepared.labels[place] as 0 | 1, prepared.labels[place] === 1 ? 0.1 * place : 1 - 0.1 * place),
    );
    // The first pixel of each map holds its number.
    const values = Float32Array.from({ length: 24 }, (_, pixel) => (pixel % 4 === 0 ? pixel / 4 : 0));
    const scaled = scaleHeatMaps({ values, images: 6, height: 2, width: 2 }, 10);
    const images = await heatMapImages({ records, prepared }, predictions, scaled, { each: 2 });
    return { prepared, predictions, images };
  })();

  it("takes as many of each class, the worst first, each with its own map raised to the picture's size", async () => {
    const { prepared, predictions, images } = await made;
    const ids = images.map(({ caption }) => caption.split(":")[0]!);
    const labels = ids.map((id) => prepared.labels[prepared.ids.indexOf(id)]);
    deepEqual(labels, [0, 0, 1, 1]);
    for (const [index, { map, pixels, width, height }] of images.entries()) {
      deepEqual([width, height, pixels.length, map.length], [256, 256, 256 ** 2, 256 ** 2]);
      const place = predictions.findIndex(({ id }) => id === ids[index]);
      ok(Math.abs(map[0]! - place / 10) < 1e-6 && map.at(-1) === 0);
    }
  });

  it("outlines the lesion, and says the truth and the probability, in the truth's colour", async () => {
    const { images } = await made;
    for (const { lesion } of images) ok(lesion!.pixels.includes(1));
    match(images[0]!.caption, /: truth benign · P\(malignant\) \d\.\d\d$/);
    deepEqual(
      images.map(({ color }) => color),
      ["benign", "benign", "malignant", "malignant"].map((name) => classStyles[name as "benign"].color),
    );
  });
});

describe("attentionTable(predictions, maps, masks)", () => {
  // The lesion is the first pixel of four. All of the first map lies in it, half of the second, none of the third's is there.
  const values = Float32Array.of(3, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1);
  const maps = { values, images: 4, height: 2, width: 2 };
  const lesion = Float32Array.of(1, 0, 0, 0);
  const masks = new Map(["a", "b", "c"].map((id) => [id, lesion]));
  const predictions = [
    prediction("a", 1, 0.9),
    prediction("b", 0, 0.5),
    prediction("c", 0, 0.1),
    prediction("no mask", 1, 0.4),
  ];
  const rows = attentionTable(predictions, maps, masks);

  it("has one row an image with a mask: the share inside, that of chance, and their ratio", () => {
    deepEqual(
      rows.map(({ id, share, area, ratio }) => [id, share, area, ratio]),
      [
        ["a", 1, 0.25, 4],
        ["b", 0.5, 0.25, 2],
        ["c", null, 0.25, null],
      ],
    );
  });

  it("calls right what lies on the truth's side of 0.5, which itself is malignant", () => {
    deepEqual(
      rows.map(({ right }) => right),
      [true, false, true],
    );
  });

  it("is summed up by class and by right and wrong; maps of nothing and groups of nobody do not count", () => {
    const summary = summariseAttention(rows);
    deepEqual(
      summary.map((row) => [row.group, row.images, row["share inside the lesion"], row["median ratio"]]),
      [
        ["benign", 1, 0.5, 2],
        ["malignant", 1, 1, 4],
        ["right", 1, 1, 4],
        ["wrong", 1, 0.5, 2],
      ],
    );
    deepEqual(summariseAttention([]), []);
  });

  it("has the quartiles of the ratio", () => {
    const row = (ratio: number): AttentionRow => ({
      id: "x",
      label: 1,
      right: true,
      share: ratio / 10,
      area: 0.1,
      ratio,
    });
    const [malignant] = summariseAttention([1, 2, 3, 4, 5].map(row));
    deepEqual([malignant!["first quartile"], malignant!["median ratio"], malignant!["third quartile"]], [2, 3, 4]);
  });
});

describe("occlude(study, predictions, trained)", () => {
  it("covers the images that were asked for, and leaves the network and no tensor", async () => {
    const images = await tinyImages();
    const trained = await trainNetwork(graphFor(images), images, { ...quickly, epochs: 1 });
    const { numTensors } = tf.memory();
    const all = images.prepared as Study["prepared"];
    // Of the same phantoms.
    const { records } = await makePhantomSet({ count: 24, size: 64, malignant: 0.5, difficulty: 0.1, seed: 5 }).list(
      "",
    );
    const ids = [all.ids[3]!, all.ids[0]!];
    const covered = await occlude(
      { records, prepared: all },
      ids.map((id) => prediction(id, 0, 0.5)),
      trained,
    );
    equal(tf.memory().numTensors, numTensors);
    deepEqual(
      covered.images.map(({ caption }) => caption.split(":")[0]),
      ids,
    );
    for (const { map } of covered.images) {
      equal(map.length, 256 ** 2);
      ok(map.every((value) => value >= 0 && value <= 1));
    }
    ok(covered.scale.length > 10);
    trained.weights.dispose();
  });
});

describe("groupsOf(study)", () => {
  const of = (records: object[]) =>
    groupsOf({
      records: records as unknown as Study["records"],
      inspections: records.map(() => ({})) as unknown as Study["inspections"],
    });

  it("lists the divisions that the set knows, and no other", () => {
    deepEqual(of([{ id: "a", masks: [] }]), []);
    const groups = of([
      { id: "a", masks: [], birads: "4a", device: "X", side: "left" },
      { id: "b", masks: [] },
    ]);
    deepEqual(
      groups.map(({ name, groupOf }) => [name, groupOf("a"), groupOf("b")]),
      [
        ["BI-RADS", "BI-RADS 4a", null],
        ["device", "X", null],
        ["side", "left", null],
      ],
    );
  });
});
