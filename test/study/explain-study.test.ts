import { deepEqual, equal, ok } from "node:assert/strict";

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

/** Two images of 2 × 2 with two channels: gray is the second. */
const prepared = {
  ...{ ids: ["a", "b"], size: 2, channels: ["mask", "gray"] },
  pixels: Float32Array.of(1, 0.1, 1, 0.2, 1, 0.3, 1, 0.4, 1, 0.5, 1, 0.6, 1, 0.7, 1, 0.8),
} as unknown as Study["prepared"];

describe("heatMapImages(prepared, predictions, scaled, masks)", () => {
  const scaled = scaleHeatMaps(
    { values: Float32Array.of(1, 0, 0, 0, 0, 0, 0, 2), images: 2, height: 2, width: 2 },
    "all",
  );
  const masks = new Map([["a", Float32Array.of(1, 0.4, 0.5, 0)]]);
  const images = heatMapImages(prepared, [prediction("b", 1, 0.25), prediction("a", 0, 0.5)], scaled, masks);

  it("puts each image's gray values beside its own map, in the order of the predictions", () => {
    deepEqual(images[0]!.pixels, Float32Array.of(0.5, 0.6, 0.7, 0.8));
    deepEqual(images[1]!.pixels, Float32Array.of(0.1, 0.2, 0.3, 0.4));
    deepEqual([...images[0]!.map], [0.5, 0, 0, 0]);
    deepEqual([...images[1]!.map], [0, 0, 0, 1]);
  });

  it("outlines what is lesion by half at least, and nothing where there is no mask", () => {
    equal(images[0]!.lesion, null);
    deepEqual([...images[1]!.lesion!.pixels], [1, 0, 1, 0]);
  });

  it("says the truth and the probability, in the truth's colour", () => {
    equal(images[0]!.caption, "b: truth malignant · P(malignant) 0.25");
    equal(images[0]!.color, classStyles.malignant.color);
    equal(images[1]!.color, classStyles.benign.color);
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

describe("occlude(prepared, predictions, trained)", () => {
  it("covers the images that were asked for, and leaves the network and no tensor", async () => {
    const images = await tinyImages();
    const trained = await trainNetwork(graphFor(images), images, { ...quickly, epochs: 1 });
    const { numTensors } = tf.memory();
    const all = images.prepared as Study["prepared"];
    const ids = [all.ids[3]!, all.ids[0]!];
    const covered = await occlude(
      all,
      ids.map((id) => prediction(id, 0, 0.5)),
      trained,
    );
    equal(tf.memory().numTensors, numTensors);
    deepEqual(
      covered.images.map(({ caption }) => caption.split(":")[0]),
      ids,
    );
    for (const { map } of covered.images) {
      equal(map.length, all.size ** 2);
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
