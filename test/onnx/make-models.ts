/*
 * Writes every network of ./networks.ts as ONNX, with images and what they give, images as they are prepared, and releases,
 * a trained one among them, with what they say of files of many kinds, for record.py to check:
 *
 *   npx tsx test/onnx/make-models.ts FOLDER
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { checkPreparation, needsMask } from "../../lib/data/prepare/configuration";
import { prepareImage } from "../../lib/data/prepare/prepare-image";
import { buildPlainCnn } from "../../lib/graph/hand-crafted/plain-cnn";
import { writeOnnx } from "../../lib/onnx/write-onnx";
import { loadRelease } from "../../lib/release/load-release";
import { preparingInPython } from "../../lib/release/python-files";
import { releaseModel, type ReleaseContents } from "../../lib/release/release-model";
import { imagesOf, weightsOfGraph } from "../networks/helpers";
import { calmWeights, exampleContents } from "../release/example";
import { phantomPicture, trainedContents, writeMixedPictures } from "../release/trained";
import { allNetworks, calm, expectedLogits, numbersOf, planesOf, surroundingsOf } from "./networks";

const folder = process.argv[2]!;
mkdirSync(folder, { recursive: true });

async function main(): Promise<void> {
  writeFileSync(join(folder, "prepare.py"), preparingInPython);
  writeFileSync(join(folder, "prepared.json"), JSON.stringify(prepared()));
  writeFileSync(join(folder, "released.json"), JSON.stringify(await released()));
  writeFileSync(join(folder, "networks.json"), JSON.stringify(networks()));
}

function networks() {
  return allNetworks().map(({ name, graph }, index) => {
    const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
    const [weights, images] = [weightsOfGraph(graph), imagesOf({ height, width, channels }, 2)];
    calm(graph, weights, images);
    const file = `${index}.onnx`;
    writeFileSync(join(folder, file), writeOnnx(graph, numbersOf(weights), surroundingsOf(graph)));
    const shape = [2, channels, height, width];
    const logits = [...expectedLogits(graph, weights, images)];
    const row = { name, file, temperature: 1.7, shape, logits, image: [...planesOf(images)] };
    weights.dispose();
    images.dispose();
    return row;
  });
}

// Smooth, with some noise, so that every way to resize gives other numbers.
function pictureOf(width: number, height: number) {
  const pixels = Float32Array.from({ length: width * height }, (_, place) => {
    const [row, column] = [Math.floor(place / width), place % width];
    const noise = ((place * 7919) % 1009) / 1009;
    return 0.5 + 0.3 * Math.sin(row / 5) * Math.cos(column / 7) + 0.2 * (noise - 0.5);
  });
  return { width, height, pixels };
}

/** Millimetres from one pixel to the next of prepared pictures. */
const pixelSize = 0.43;

function prepared() {
  const settings = [
    {},
    { region: { kind: "box", margin: 15, unit: "percent" }, beyond: "cut", padding: "black", filter: "bilinear" },
    { region: { kind: "square", margin: 33, unit: "percent" }, beyond: "fill", padding: "edge", size: 23 },
    { region: { kind: "square", margin: 9, unit: "pixels" }, beyond: "fill", padding: "black", stretch: null },
    { region: { kind: "whole" }, padding: "none", filter: "box", size: 31 },
    {
      region: { kind: "box", margin: 2.5, unit: "pixels" },
      channels: ["mask", "gray × mask", "size", "gray"],
      size: 19,
    },
    { region: { kind: "whole" }, channels: ["size", "gray"], stretch: { low: 0.5, high: 99 }, size: 100 },
    { region: { kind: "box", margin: 0, unit: "pixels" }, padding: "none", beyond: "shift", size: 40 },
    { match: [0, 1] },
    { stretch: null, match: [0.05, 0.2, 0.2, 0.55, 0.9], padding: "black", size: 37 },
    { region: { kind: "square", margin: 4.2, unit: "millimetres" }, match: [0, 0.3, 1], size: 29 },
    { region: { kind: "window", side: 21 }, beyond: "fill", filter: "bilinear", size: 33 },
    { region: { kind: "window", side: 30 }, beyond: "shift", padding: "black" },
  ] as Parameters<typeof checkPreparation>[0][];
  const places = [
    { width: 60, height: 47, box: { left: 20, top: 15, width: 17, height: 12 } },
    { width: 51, height: 90, box: { left: -3, top: 70, width: 20, height: 25 } },
    { width: 120, height: 33, box: { left: 100, top: 0, width: 20, height: 33 } },
    { width: 64, height: 64, box: { left: 63, top: 63, width: 1, height: 1 } },
  ];
  return settings.flatMap((given) =>
    places.map(({ width, height, box }) => {
      const preparation = checkPreparation({ size: 32, ...given });
      const picture = pictureOf(width, height);
      const inBox = (row: number, column: number) =>
        row >= box.top && row < box.top + box.height && column >= box.left && column < box.left + box.width;
      const pixels = Uint8Array.from({ length: width * height }, (_, place) => {
        const [row, column] = [Math.floor(place / width), place % width];
        return inBox(row, column) && (row * column) % 5 !== 1 ? 1 : 0;
      });
      const mask = needsMask(preparation) ? { width, height, pixels } : null;
      const expected = prepareImage({ id: "x", picture, mask, box, pixelSize }, preparation);
      const plain = {
        preparation,
        pixelSize,
        width,
        height,
        box: mask === null ? box : null,
        gray: [...picture.pixels],
      };
      return { ...plain, mask: mask === null ? null : [...pixels], expected: [...expected] };
    }),
  );
}

async function released() {
  const found = exampleContents();
  const graph = buildPlainCnn({ height: 64, width: 64, channels: 1 });
  const plain: ReleaseContents = {
    ...exampleContents({ graph, weights: calmWeights(graph), architecture: null }),
    preparation: { size: 64 },
    normalisation: { mean: [0.43], deviation: [0.26] },
  };
  const trained = await trainedContents();
  const box = { left: 120, top: 80, width: 60, height: 40 };
  const pictures = [
    ...(await writeMixedPictures(folder, pictureOf(300, 200), "made")),
    ...(await writeMixedPictures(folder, phantomPicture(301), "phantom")),
  ];
  const rows = [];
  for (const [name, contents] of Object.entries({ found, plain, trained })) {
    await releaseModel(join(folder, `${name}-release`), contents);
    const release = await loadRelease(join(folder, `${name}-release`));
    await release.toOnnx(join(folder, `${name}-onnx`));
    for (const picture of pictures) {
      const { probability, label } = await release.predict(join(folder, picture), { box });
      rows.push({ name: `${name}, ${picture}`, folder: `${name}-onnx`, picture, probability, label });
    }
    release.dispose();
    contents.weights.dispose();
  }
  return rows;
}

void main();
