import { join } from "node:path";

import { readComparison } from "../compare/comparison-file";
import { drawCostPlane } from "../compare/figures/draw-cost-plane";
import { createBatches } from "../data/batches/batches";
import { prepare } from "../data/prepare/prepare";
import { preparations } from "../data/prepare/presets";
import { loadDataSet } from "../data/sets/load";
import { splitSet } from "../data/sets/split-set";
import { escapeHtml } from "../display/html";
import { gradCam } from "../explain/grad-cam";
import { encodeHeatMap } from "../explain/heat-map-image";
import { scaleHeatMaps } from "../explain/heat-maps";
import { buildHandCrafted } from "../graph/hand-crafted/registry";
import { withStills } from "../report/draw-stills";
import type { BlockOf } from "../report/report-contents";
import { projectRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import { drawArchitecture } from "../space/architecture";
import { foundNetwork } from "../study/found-network";
import { readFacts } from "../study/study-facts";
import { placeIn } from "../study/layout";
import { readWinner } from "../study/winner";
import { recipes } from "../train/recipes";
import { trainNetwork } from "../train/train-network";
import { namesOfTested } from "../train/test-door";

/** The published study that is shown, and the input of its models. */
const published = { folder: "results/bus-bra", study: "bus-bra-overnight", input: "64x64x1" };

/** Rows and columns of the phantoms, in pixels, and how many epochs a network learns from them. */
const side = 64;
const epochs = 20;

/** How much of a pixel is colour where the map is largest. */
const opacity = 0.85;

/**
 * Composes the picture that the README opens with, from what is published with the project and from phantoms: the network that was found
 * on BUS-BRA, its area under the curve against its parameters beside the hand-crafted ones, and what a network that has learned from
 * phantoms looks at in one of these. It takes about a minute, and a Chromium.
 *
 * @returns A page of 1200 pixels' width that holds all that it shows.
 * @throws {Problem} Where a published file is missing or damaged, or no Chromium is there to draw the figure.
 */
export async function composeOverview(): Promise<string> {
  const panels = [
    { title: "Found: the network that the search chose on BUS-BRA", body: await drawFound() },
    { title: "Compared: area under the curve against parameters, BUS-BRA", body: await costs() },
    { title: "Looked into: what speaks for malignant, on phantoms", body: await heatMaps() },
  ];
  const [found, compared, looked] = panels.map(
    ({ title, body }) => `<section><h2>${escapeHtml(title)}</h2>${body}</section>`,
  );
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>SonoNAS</title><style>${style}</style><main><div>${found!}${looked!}</div>${compared!}</main></html>`;
}

const style = `
body { margin: 0; background: #fff; color: #222; font-family: system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
main { width: 1168px; padding: 16px; display: grid; grid-template-columns: 552px 592px; gap: 24px; align-items: start; }
h2 { font-size: 16px; margin: 0 0 8px; }
section { margin-bottom: 18px; }
section img { display: block; max-width: 100%; height: auto; }
.maps { display: flex; gap: 10px; }
.maps figure { margin: 0; width: 130px; }
.maps img { width: 130px; height: 130px; }
figcaption { font-size: 12px; color: #555; }
`;

async function drawFound(): Promise<string> {
  const place = placeIn(join(projectRoot, published.folder, published.study));
  const { architecture } = readWinner({ ...place, name: published.study }).winner;
  const { svg, title } = await drawArchitecture(architecture, foundNetwork(readFacts(place)!.settings, architecture));
  return image(Buffer.from(svg), "svg+xml", title, 552);
}

async function costs(): Promise<string> {
  const ending = `, ${published.input}`;
  const rows = readComparison(join(projectRoot, published.folder, "comparison.csv"))
    .filter(({ model, parameters }) => model.endsWith(ending) && parameters !== null)
    .map((row) => ({ ...row, model: row.model.slice(0, -ending.length) }));
  const figure = drawCostPlane(rows, { measure: "areaUnderCurve" });
  const block: BlockOf<"figure"> = {
    ...{ kind: "figure", figure: { ...figure, layout: { ...figure.layout, height: 600 } } },
    ...{ caption: "", alternative: "Area under the curve against parameters" },
  };
  const { sections } = await withStills({
    ...{ title: "overview", made: new Date(0) },
    sections: [{ anchor: "costs", title: "Costs", blocks: [block] }],
  });
  const [drawn] = sections[0]!.blocks as BlockOf<"figure">[];
  if (drawn?.still === undefined)
    throw new Problem(
      "The figure could not be drawn.",
      "Install a Chromium, for example with `sudo apt install chromium`.",
    );
  return image(Buffer.from(drawn.still), "svg+xml", block.alternative, 592);
}

async function heatMaps(): Promise<string> {
  const phantoms = await loadDataSet("phantom");
  const prepared = await prepare(phantoms.records, { ...preparations.squareContext, size: side });
  const [fold] = splitSet(phantoms).folds as [ReturnType<typeof splitSet>["folds"][number]];
  const network = buildHandCrafted("plain CNN", { height: side, width: side, channels: 1 }, { classes: 2 });
  const images = { prepared, train: fold.train, validation: fold.validation };
  const trained = await trainNetwork(network, images, { ...recipes.oneCycle.options, epochs }, { watch: null });
  const labels = new Map(phantoms.records.map(({ id, label }) => [id, label]));
  const some = (label: string) =>
    namesOfTested(fold)
      .filter((id) => labels.get(id) === label)
      .slice(0, 2);
  const ids = [...some("malignant"), ...some("benign")];
  const { normalisation, weights } = trained;
  const [batch] = [...createBatches({ prepared, ids, batchSize: ids.length, normalisation }).epoch(0)];
  const scaled = scaleHeatMaps(gradCam(network, weights.of, batch!.images, { target: 1 }));
  tf.dispose([batch!.images, batch!.labels]);
  weights.dispose();
  const tiles = ids.map((id, index) => {
    const start = prepared.ids.indexOf(id) * side * side;
    const pixels = prepared.pixels.slice(start, start + side * side);
    const caption = `${labels.get(id)!} (synthetic)`;
    const png = encodeHeatMap(
      { pixels, map: scaled.maps[index]!, lesion: null, height: side, width: side, caption },
      opacity,
    );
    return `<figure>${image(png, "png", caption, 130)}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
  });
  return `<div class="maps">${tiles.join("")}</div>`;
}

const image = (bytes: Uint8Array, type: "svg+xml" | "png", words: string, width: number) =>
  `<img alt="${escapeHtml(words)}" width="${width}" src="data:image/${type};base64,${Buffer.from(bytes).toString("base64")}">`;
