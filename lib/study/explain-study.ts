import {
  groupByBirads,
  groupByDevice,
  groupBySet,
  groupByLesionSize,
  groupBySide,
  type GroupOfImage,
} from "../compare/image-groups";
import { classStyles } from "../display/colors";
import type { TableCell } from "../display/table";
import { createBatches } from "../data/batches/batches";
import type { Prediction } from "../evaluate/predictions";
import { attentionInside } from "../explain/attention-inside";
import { chooseCases, type CaseOptions } from "../explain/choose-cases";
import { fineImages } from "../explain/fine-images";
import type { HeatMapImage } from "../explain/heat-map-image";
import { mapOf, scaleHeatMaps, type HeatMaps, type ScaledHeatMaps } from "../explain/heat-maps";
import { occlusionMap } from "../explain/occlusion-map";
import { withoutAuxiliary } from "../graph/graph";
import { planNetwork } from "../networks/run/plan";
import { runNetwork } from "../networks/run/run-network";
import { resize } from "../pictures/resize";
import { tf } from "../runtime/tensorflow";
import { mean, quantile } from "../statistics/summary";
import { probabilitiesOf } from "../train/predict";
import type { Trained } from "../train/train-network";
import { attempt } from "./attempt";
import type { Study } from "./open-study";

/** The lesion's share of each pixel by the image's name; empty where the set has no masks. */
type Masks = ReadonlyMap<string, Float32Array>;

/**
 * Puts images of a study and their heat maps together, for `showHeatMaps`: as many of each class, each as fine as its picture is.
 *
 * @param study The study, with what the network saw.
 * @param predictions What was predicted, in the order of the maps.
 * @param scaled The maps.
 * @param options Which are shown, and in which order: see `CaseOptions`.
 * @returns One image a chosen prediction, with the lesion where it has a mask, in the colour of its class.
 */
export async function heatMapImages(
  study: Pick<Study, "records" | "prepared">,
  predictions: readonly Prediction[],
  scaled: ScaledHeatMaps,
  options: CaseOptions = {},
): Promise<(HeatMapImage & { readonly caption: string; readonly color: string })[]> {
  const { records, prepared } = study;
  const places = new Map(predictions.map((one, place) => [one, place]));
  const chosen = chooseCases(predictions, options);
  const fine = await fineImages(
    records,
    prepared,
    chosen.map(({ id }) => id),
  );
  return chosen.map((one, index) => {
    const { pixels, lesion, size } = fine[index]!;
    const map = { width: prepared.size, height: prepared.size, pixels: scaled.maps[places.get(one)!]! };
    const name = one.label === 1 ? "malignant" : "benign";
    return {
      ...{ pixels, lesion, height: size, width: size },
      // Between the pixels that the network sees, values go over into each other.
      map: resize(map, size, size, { filter: "bilinear" }).pixels.map((value) => Math.min(1, Math.max(0, value))),
      caption: `${one.id}: truth ${name} · P(malignant) ${one.probability.toFixed(2)}`,
      color: classStyles[name].color,
    };
  });
}

/** How much of a heat map lies inside the lesion, for one image. */
export interface AttentionRow extends Record<string, TableCell> {
  readonly id: string;
  /** 0 benign, 1 malignant. */
  readonly label: 0 | 1;
  /** Whether the network was right, at a probability of 0.5. */
  readonly right: boolean;
  /** The share of the map inside the outline; null for a map of nothing. */
  readonly share: number | null;
  /** The share that chance would give. */
  readonly area: number;
  /** The one by the other. */
  readonly ratio: number | null;
}

/**
 * Measures for each image how much of its heat map lies inside the lesion.
 *
 * @param predictions What was predicted, in the order of the maps.
 * @param masks The lesions; images without one are left out.
 * @returns One row an image.
 */
export function attentionTable(predictions: readonly Prediction[], maps: HeatMaps, masks: Masks): AttentionRow[] {
  return predictions.flatMap(({ id, label, probability }, index) => {
    const mask = masks.get(id);
    if (mask === undefined) return [];
    const inside = attentionInside(mapOf(maps, index), mask);
    return [{ id, label, right: probability >= 0.5 === (label === 1), ...inside }];
  });
}

/** Sums attention up by class, and by whether the network was right: medians and quartiles of the ratio. */
export function summariseAttention(rows: readonly AttentionRow[]): Record<string, TableCell>[] {
  const groups: [string, (row: AttentionRow) => boolean][] = [
    ["benign", ({ label }) => label === 0],
    ["malignant", ({ label }) => label === 1],
    ["right", ({ right }) => right],
    ["wrong", ({ right }) => !right],
  ];
  return groups.flatMap(([group, belongs]) => {
    const own = rows.filter((row) => belongs(row) && row.ratio !== null);
    if (own.length === 0) return [];
    const ratios = own.map(({ ratio }) => ratio!);
    return [
      {
        group,
        images: own.length,
        "share inside the lesion": mean(own.map(({ share }) => share!)),
        "share by chance": mean(own.map(({ area }) => area)),
        "median ratio": quantile(ratios, 0.5),
        "first quartile": quantile(ratios, 0.25),
        "third quartile": quantile(ratios, 0.75),
      },
    ];
  });
}

/**
 * Covers images patch by patch and maps how the probability of malignancy falls. The network stays the caller's.
 *
 * @param predictions What was predicted of those that are covered.
 * @returns The images with their maps, for `showHeatMaps`, and the scale in words.
 */
export async function occlude(
  study: Pick<Study, "records" | "prepared">,
  predictions: readonly Prediction[],
  { graph, weights, normalisation }: Pick<Trained, "graph" | "weights" | "normalisation">,
): Promise<{ readonly images: Awaited<ReturnType<typeof heatMapImages>>; readonly scale: string }> {
  const { prepared } = study;
  const plan = planNetwork(withoutAuxiliary(graph));
  const { size, channels } = prepared;
  const batch = createBatches({
    prepared,
    ids: predictions.map(({ id }) => id),
    batchSize: predictions.length,
    normalisation,
  }).batchAt(0, 0);
  const pixels = Float32Array.from(batch.images.dataSync());
  tf.dispose([batch.images, batch.labels]);
  const patch = Math.max(4, Math.round(size / 8));
  const maps = await occlusionMap(
    (numbers, count) => {
      const images = tf.tensor4d(Float32Array.from(numbers), [count, size, size, channels.length]);
      const run = runNetwork(plan, weights.of, images, { noteStatistics: false });
      const probabilities = probabilitiesOf(Float32Array.from(run.output.dataSync()));
      run.dispose();
      images.dispose();
      return probabilities;
    },
    { pixels, height: size, width: size, channels: channels.length },
    { patch, stride: Math.max(2, Math.round(patch / 2)) },
  );
  const scaled = scaleHeatMaps(maps, "each");
  const images = await heatMapImages(study, predictions, scaled, { each: predictions.length, by: "as given" });
  return { images, scale: scaled.scale };
}

/** Lists the subgroups that a study's images can be divided into: each division that the data set knows, by name. */
export function groupsOf({
  records,
  inspections,
}: Pick<Study, "records" | "inspections">): { readonly name: string; readonly groupOf: GroupOfImage }[] {
  const known = (has: (record: Study["records"][number]) => unknown) =>
    records.some((record) => has(record) !== undefined);
  // Without enough boxes, or with boxes of one size, there are no thirds to speak of.
  const boxed = records.some(({ masks, box }) => masks.length > 0 || box !== undefined);
  const bySize = boxed ? attempt(() => groupByLesionSize({ records, inspections })).value : null;
  return [
    ...(known(({ birads }) => birads) ? [{ name: "BI-RADS", groupOf: groupByBirads(records) }] : []),
    ...(known(({ device }) => device) ? [{ name: "device", groupOf: groupByDevice(records) }] : []),
    ...(bySize === null ? [] : [{ name: "size of the lesion", groupOf: bySize }]),
    ...(known(({ set }) => set) ? [{ name: "set", groupOf: groupBySet(records) }] : []),
    ...(known(({ side }) => side) ? [{ name: "side", groupOf: groupBySide(records) }] : []),
  ];
}
