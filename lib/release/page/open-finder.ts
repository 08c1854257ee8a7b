import { normaliseInPlace } from "../../data/prepare/normalise";
import { partOfPicture, prepareImage } from "../../data/prepare/prepare-image";
import type { Graph } from "../../graph/graph";
import type { WeightNumbers } from "../../onnx/translate";
import type { Picture } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";
import { outlineOf } from "../../segment/outline";
import type { FinderCard } from "../card";
import type { FindOutline } from "../find-lesion";
import { forwardOf } from "./forward";

/**
 * Opens the finder of a release for a page: it prepares pictures by the library's own functions, and finds outlines in plain loops. What
 * the network said of the last picture is kept, so that another box on it is answered at once.
 */
export function openFinder(card: FinderCard, graph: Graph, weights: WeightNumbers): FindOutline {
  const forward = forwardOf(graph, weights);
  const { preparation, normalisation, flipPredictions } = card;
  const { size } = preparation;
  const probabilitiesOf = (picture: Picture) => {
    const values = prepareImage({ id: "The picture", picture, mask: null }, preparation);
    normaliseInPlace(values, normalisation);
    const logits = forward(values).get(graph.output)!;
    const both = flipPredictions ? forward(mirrored(values, size)).get(graph.output)! : logits;
    const back = flipPredictions ? mirrored(both, size) : both;
    return logits.map((logit, place) => 1 / (1 + Math.exp(-(logit + back[place]!) / 2)));
  };
  let last: { readonly picture: Picture; readonly probabilities: Float32Array } | null = null;
  return (picture, within) => {
    if (last?.picture !== picture) last = { picture, probabilities: probabilitiesOf(picture) };
    const { probabilities } = last;
    if (!probabilities.every(Number.isFinite))
      throw new Problem(
        `${card.network.name} gives no numbers for this picture.`,
        "The page is damaged: get it again.",
      );
    const part = partOfPicture({ id: "The picture", picture, mask: null }, preparation);
    return outlineOf(probabilities, size, part, picture, within ?? null);
  };
}

/** Exchanges left and right of a plane. */
function mirrored(plane: Float32Array, size: number): Float32Array {
  return plane.map((_, place) => plane[place - (place % size) + (size - 1 - (place % size))]!);
}
