import { needsMask } from "../../data/prepare/configuration";
import { scaleHeatMaps } from "../../explain/heat-maps";
import type { Graph } from "../../graph/graph";
import type { WeightNumbers } from "../../onnx/translate";
import type { DecodedPicture } from "../../pictures/assemble-picture";
import type { Box, Mask, Picture } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";
import type { ReleaseCard } from "../card";
import { lookAtDevice, lookAtLevels } from "../gray-levels";
import { makeInput } from "../make-input";
import { forwardOf } from "./forward";
import { mapByHead } from "./map-by-head";

/** What a network says of one image. */
export interface Judgement {
  /** The probability of malignancy, 0 to 1, after calibration by the release's temperature. */
  readonly probability: number;
  /** The class: malignant from the threshold on. */
  readonly label: "benign" | "malignant";
  /** What is unusual about the image, as sentences. */
  readonly warnings: readonly string[];
  /** What of the picture was looked at, in its pixels; it may reach beyond the picture. */
  readonly part: Box;
  /** What in that part speaks for malignant, 0 to 1, in the network's size; null where no map can be computed. */
  readonly map: Picture | null;
  /** What is 1 in the map, in log-odds; where there is none, why, as a sentence. */
  readonly largest: number | string;
}

/** An image that is to be judged. */
export interface ImageToJudge {
  readonly picture: Picture | DecodedPicture;
  readonly box: Box | undefined;
  /** The lesion's outline, where it is known; the box is then not used. */
  readonly mask?: Mask | undefined;
  /** What it was taken by; undefined where that is not known. */
  readonly device: string | undefined;
  /** Millimetres from one pixel to the next; undefined where that is not known. */
  readonly pixelSize?: number | undefined;
}

/** A released network that judges images without TensorFlow.js. */
export type OpenModel = (image: ImageToJudge) => Judgement;

/**
 * Opens a released network for a page: it prepares images by the library's own functions, and predicts in plain loops.
 *
 * @param graph The network, without an auxiliary head.
 */
export function openModel(card: ReleaseCard, graph: Graph, weights: WeightNumbers): OpenModel {
  const forward = forwardOf(graph, weights);
  const { size } = card.preparation;
  let mapOf: ReturnType<typeof mapByHead> | string;
  try {
    mapOf = mapByHead(graph, weights);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    mapOf = error.what;
  }
  return ({ picture, box, mask = null, device, pixelSize }) => {
    const ellipse = needsMask(card.preparation) && mask === null && box !== undefined ? ellipseIn(box, picture) : null;
    const { values, part, warnings } = makeInput(
      { id: "The picture", picture, box, mask: mask ?? ellipse, pixelSize },
      card,
    );
    const nodes = forward(values);
    const [benign, malignant] = nodes.get(graph.output)!;
    const probability = 1 / (1 + Math.exp((benign! - malignant!) / card.temperature));
    if (Number.isNaN(probability))
      throw new Problem(`${card.name} gives no number for this picture.`, "The page is damaged: get it again.");
    return {
      probability,
      label: probability >= card.threshold ? "malignant" : "benign",
      warnings: [
        ...warnings,
        ...(ellipse === null
          ? []
          : ["The network takes the lesion's outline: the ellipse in the box was taken for it."]),
        ...lookAtLevels(values, card),
        ...lookAtDevice(device, card),
      ],
      part,
      ...(typeof mapOf === "string" ? { map: null, largest: mapOf } : scaled(mapOf(nodes), size)),
    };
  };
}

function scaled(values: Float32Array, size: number): Pick<Judgement, "map" | "largest"> {
  const { maps, full } = scaleHeatMaps({ values, images: 1, height: size, width: size }, "each");
  return { map: { width: size, height: size, pixels: maps[0]! }, largest: full[0]! };
}

/** Fills the ellipse in a box. */
export function ellipseIn(box: Box, { width, height }: Pick<Picture, "width" | "height">): Mask {
  const pixels = new Uint8Array(width * height);
  const [across, down] = [box.left + box.width / 2, box.top + box.height / 2];
  for (let row = Math.max(0, box.top); row < Math.min(height, box.top + box.height); row++)
    for (let column = Math.max(0, box.left); column < Math.min(width, box.left + box.width); column++) {
      const [x, y] = [(2 * (column + 0.5 - across)) / box.width, (2 * (row + 0.5 - down)) / box.height];
      if (x * x + y * y <= 1) pixels[row * width + column] = 1;
    }
  return { width, height, pixels };
}
