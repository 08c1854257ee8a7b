import {
  groupByBirads,
  groupByDevice,
  groupByLesionSize,
  groupBySide,
  type GroupOfImage,
} from "../compare/image-groups";
import { classStyles } from "../display/colors";
import type { TableCell } from "../display/table";
import { createBatches } from "../data/batches/batches";
import { placesOf } from "../data/prepare/prepared";
import type { Prediction } from "../evaluate/predictions";
import { attentionInside } from "../explain/attention-inside";
import type { HeatMapImage } from "../explain/heat-map-image";
import { mapOf, scaleHeatMaps, type HeatMaps, type ScaledHeatMaps } from "../explain/heat-maps";
import { maskOfShares } from "../explain/lesion-masks";
import { occlusionMap } from "../explain/occlusion-map";
import { withoutAuxiliary } from "../graph/graph";
import { planNetwork } from "../networks/run/plan";
import { runNetwork } from "../networks/run/run-network";
import { tf } from "../runtime/tensorflow";
import { mean, quantile } from "../statistics/summary";
import { probabilitiesOf } from "../train/predict";
import type { Trained } from "../train/train-network";
import { attempt } from "./attempt";
import type { Study } from "./open-study";

/** The lesion's share of each pixel by the image's name; empty where the set has no masks. */
type Masks = ReadonlyMap<string, Float32Array>;

/**
 * Puts images of a study and their heat maps together, for `showHeatMaps`.
 *
 * @param predictions What was predicted of those that are shown, in the order of the maps.
 * @returns One image a prediction, with its outline, framed in the colour of its class.
 */
export function heatMapImages(
  prepared: Study["prepared"],
  predictions: readonly Prediction[],
  scaled: ScaledHeatMaps,
  masks: Masks,
): (HeatMapImage & { readonly caption: string; readonly color: string })[] {
  const { pixels, size, channels } = prepared;
  const gray = Math.max(0, channels.indexOf("gray"));
  const places = placesOf(
    prepared,
    predictions.map(({ id }) => id),
  );
  return predictions.map(({ id, label, probability }, index) => {
    const start = places[index]! * size * size;
    const plane = Float32Array.from(
      { length: size * size },
      (_, pixel) => pixels[(start + pixel) * channels.length + gray]!,
    );
    const shares = masks.get(id);
    const name = label === 1 ? "malignant" : "benign";
    return {
      pixels: plane,
      height: size,
      width: size,
      map: scaled.maps[index]!,
      lesion: shares === undefined ? null : maskOfShares(shares, size),
      caption: `${id}: truth ${name} · P(malignant) ${probability.toFixed(2)}`,
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
  prepared: Study["prepared"],
  predictions: readonly Prediction[],
  { graph, weights, normalisation }: Pick<Trained, "graph" | "weights" | "normalisation">,
): Promise<{ readonly images: ReturnType<typeof heatMapImages>; readonly scale: string }> {
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
  return { images: heatMapImages(prepared, predictions, scaled, new Map()), scale: scaled.scale };
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
    ...(known(({ side }) => side) ? [{ name: "side", groupOf: groupBySide(records) }] : []),
  ];
}
