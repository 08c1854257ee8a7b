import { startGraph, type GraphBuilder, type InputSize, type Value } from "../../graph/builder";
import type { Graph } from "../../graph/graph";
import { layers, type BatchNormalisation } from "../../graph/layer";
import { Problem } from "../../runtime/problem";
import { addLogits, partOf } from "../blocks";
import { blocksOf, type ShapeArchitecture, type ShapeBlock, type ShapeStage } from "./architecture";
import type { Downsampling, ShapeHead, ShapeStem } from "./choices";
import { addExcitation } from "./excitation";
import { addFilters, shapeOperation } from "./operations";
import type { ShapeSettings } from "./settings";

/** What all layers of a network have in common. */
interface Site {
  readonly builder: GraphBuilder;
  readonly norm: BatchNormalisation;
}

/**
 * Builds the network of a shape architecture: a stem as wide as the first stage, three stages of blocks between which rows and
 * columns halve, and a head. A block is a convolution, plain or separable, batch normalisation and ReLU; where the stage says so,
 * its channels are weighed by what their means say and its input is added, both before the ReLU.
 *
 * A node's name holds all that weights in a search depend on but for widths: block, operation and kernel, how rows and columns
 * were halved before a stage's first block, which stem, which head. Narrower networks take the first channels of the widest.
 *
 * @param architecture The architecture, a checked one.
 * @param size The images.
 * @param settings Every setting, checked.
 * @returns The network; its name is "Shape" with the widths of its stages, "Shape 16-32-64".
 * @throws {Problem} Where the images are too small.
 */
export function buildShape(architecture: ShapeArchitecture, size: InputSize, settings: ShapeSettings): Graph {
  const { stem, stages, downsampling, head } = architecture;
  const builder = startGraph(`Shape ${stages.map(({ width }) => width).join("-")}`, size);
  checkSize(size, architecture);
  const norm = layers.batchNormalisation({ epsilon: settings.normEpsilon, momentum: settings.normMomentum });
  const site: Site = { builder, norm };
  let value = addStem(site, stem, stages[0].width);
  stages.forEach((stage, index) => {
    const halving = index === 0 ? null : downsampling[index - 1]!;
    value = addStage(site, `stage${index + 1}`, stage, value, halving);
  });
  const { features, place } = addHead(site, head, value);
  return builder.finish(addLogits(builder, place, features, settings));
}

/**
 * Checks that images are large enough to be halved as often as an architecture does it.
 *
 * @param size The images.
 * @throws {Problem} Where a side is too small.
 */
function checkSize({ height, width }: InputSize, { stem, head }: ShapeArchitecture): void {
  const halvings = 2 + (stem === "3×3 stride 2" ? 1 : 0) + (head === "max pool then mean" ? 1 : 0);
  // Halves are rounded up, and the last one needs two pixels.
  const least = 2 ** (halvings - 1) + 1;
  if (Math.min(height, width) >= least) return;
  throw new Problem(
    `The images have ${height} × ${width} pixels, expected at least ${least} × ${least}, as a shape network with the stem "${stem}" and the head "${head}" halves them ${halvings} times.`,
    "Give larger images, or narrow the space to stems and heads that halve less often.",
  );
}

function addStem(site: Site, stem: ShapeStem, filters: number): Value {
  const layer = layers.convolution({ size: stem === "5×5" ? 5 : 3, stride: stem === "3×3 stride 2" ? 2 : 1, filters });
  const place = `stem/${partOf(stem)}`;
  const value = site.builder.add(`${place}/convolution`, layer, site.builder.input);
  return addRelu(site, place, site.builder.add(`${place}/norm`, site.norm, value));
}

function addStage(site: Site, place: string, stage: ShapeStage, input: Value, halving: Downsampling | null): Value {
  const pools = { "max pool": layers.maxPool({ size: 2 }), "mean pool": layers.averagePool({ size: 2 }) };
  const strided = halving === "strided convolution";
  const blocks = blocksOf(stage);
  let value = input;
  if (halving !== null && !strided) value = site.builder.add(`${place}/${partOf(halving)}`, pools[halving], value);
  for (let block = 1; block <= stage.depth; block++) {
    const first = block === 1 && halving !== null ? `/${partOf(halving)}` : "";
    value = addBlock(
      site,
      `${place}/block${block}${first}`,
      stage,
      blocks[block - 1]!,
      value,
      block === 1 && strided ? 2 : 1,
    );
  }
  return value;
}

function addBlock(
  site: Site,
  place: string,
  stage: ShapeStage,
  { operation, kernel }: ShapeBlock,
  input: Value,
  stride: number,
): Value {
  const { width: filters, residual, excitation } = stage;
  const own = `${place}/${partOf(shapeOperation(operation, kernel))}`;
  const name = (part?: string) => `${own}/${part!}`;
  let value = addFilters({ ...site, name }, input, { operation, kernel, stride, filters });
  if (excitation) value = addExcitation(site.builder, `${own}/excitation`, value);
  if (residual) {
    const skipped = addProjection(site, place, input, { filters, stride });
    value = site.builder.add(`${place}/sum`, layers.add(), value, skipped);
  }
  return addRelu(site, own, value);
}

// What is added where a block has a residual connection: its input, by a 1×1 convolution where that is of another shape.
function addProjection(site: Site, place: string, input: Value, given: { filters: number; stride: number }): Value {
  if (given.stride === 1 && input.shape[2] === given.filters) return input;
  const layer = layers.convolution({ size: 1, ...given });
  const value = site.builder.add(`${place}/projection/convolution`, layer, input);
  return site.builder.add(`${place}/projection/norm`, site.norm, value);
}

function addHead({ builder }: Site, head: ShapeHead, input: Value): { features: Value; place: string } {
  const place = `head/${partOf(head)}`;
  const pooled =
    head === "max pool then mean" ? builder.add(`${place}/halve`, layers.maxPool({ size: 2 }), input) : input;
  const mean = builder.add(`${place}/mean`, layers.globalAveragePool(), pooled);
  if (head !== "mean and max") return { features: mean, place };
  const most = builder.add(`${place}/max`, layers.globalMaxPool(), input);
  return { features: builder.add(`${place}/concatenate`, layers.concatenate(), mean, most), place };
}

function addRelu({ builder }: Site, place: string, input: Value): Value {
  return builder.add(`${place}/relu`, layers.activation("relu"), input);
}
