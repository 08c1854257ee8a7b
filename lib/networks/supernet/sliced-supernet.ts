import type { InputSize } from "../../graph/builder";
import { newBorrowable } from "../../kernels/borrowed-variables";
import type { RandomGenerator } from "../../runtime/random";
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";
import { buildNetwork, coveringNetworksOf, largerOf } from "../../space/build";
import { encode } from "../../space/encode";
import type { Architecture, NetworkSettings, Space } from "../../space/kinds";
import { checkSpace, type GivenSpace } from "../../space/space";
import { planNetwork, type Plan } from "../run/plan";
import { initialValue } from "../weights/initial-values";
import { bankOf, type WeightBank } from "../weights/weight-bank";
import { sliceableWeightsOf, sliceOf, type SliceableWeight } from "./weight-slices";

/** How weights are shared between networks of different widths. */
export interface SlicingOptions {
  /** Whether the scales and offsets of normalisations belong to one width each, so that widths do not share them; default: no. */
  readonly normalisationPerWidth: boolean;
  /**
   * Whether the windows of 3 × 3 are the middle of those of 5 × 5 of the same block and operation (Sukthanker and others,
   * "TangleNAS", 2023); else each has weights of its own.
   */
  readonly entangledKernels: boolean;
}

/** Numbers of all weights, by key. */
export type Numbers = Map<string, Float32Array>;

/** The part of a sliced supernet that one architecture takes. */
export interface TakenWeights {
  readonly plan: Plan;
  /** Its weights: copies, which whoever took them disposes. */
  readonly weights: WeightBank;
  /** For each weight the numbers that it is a part of, and the place of each of its own among them. */
  readonly slices: ReadonlyMap<string, { readonly key: string; readonly places: Int32Array }>;
}

/**
 * The network in which the architectures of a space share weights although their widths differ: a narrower one takes the first
 * channels of the widest (Cai and others, "Once-for-all", ICLR 2020; Yu and Huang, "Universally slimmable networks", ICCV 2019).
 */
export interface SlicedSupernet {
  readonly space: Space;
  /** The images that it takes. */
  readonly size: InputSize;
  /** Settings of networks that all architectures have in common. */
  readonly settings: Partial<NetworkSettings>;
  /** The numbers of all weights, which {@link SlicedSupernet.put} changes. */
  readonly numbers: Numbers;

  /**
   * Copies out the weights of an architecture.
   *
   * @param architecture The architecture, of this space.
   * @param from The numbers that are copied; default: those of the supernet. Averages of them have the same keys.
   * @throws {Problem} Where the architecture is none of this space.
   */
  take(architecture: Architecture, from?: Numbers): TakenWeights;

  /**
   * Writes numbers of an architecture's weights back to where they are a part of: nothing else changes.
   *
   * @param taken What was taken.
   * @param values The numbers of each weight, by its key.
   * @param into What is changed; default: the supernet's own numbers. What a key does not have there yet starts with zeros.
   */
  put(taken: TakenWeights, values: ReadonlyMap<string, ArrayLike<number>>, into?: Numbers): void;

  /**
   * Copies numbers out as {@link SlicedSupernet.take} does, but as lists: moments of an optimiser, for example.
   *
   * @param taken What was taken.
   * @param from The numbers; what a key does not have there is zeros.
   * @returns The numbers of each trainable weight, by its key.
   */
  slice(taken: TakenWeights, from: Numbers): Map<string, Float32Array>;
}

/**
 * Makes a supernet of sliced weights.
 *
 * @param given The space.
 * @param size The images.
 * @param settings Settings of networks.
 * @param random What the weights start with.
 * @param options How weights are shared.
 * @throws {Problem} Where a setting is not allowed, or the images are too small.
 */
export function createSlicedSupernet(
  given: GivenSpace,
  size: InputSize,
  settings: Partial<NetworkSettings>,
  random: RandomGenerator,
  options: Partial<SlicingOptions> = {},
): SlicedSupernet {
  const { normalisationPerWidth = false, entangledKernels = false } = options;
  const space = checkSpace(given);
  const widest = widestWeightsOf(space, size, settings);
  const numbers: Numbers = new Map(
    [...widest.values()]
      .filter(({ key }) => !normalisationPerWidth || !isNormalisation(key))
      .filter(
        (weight) => !entangledKernels || !widest.has(largerWindowOf(weight)) || largerWindowOf(weight) === weight.key,
      )
      .map(({ key, specification }) => [key, initialValue(specification, random.split(key))]),
  );
  // Where the numbers of a weight are, and what they are numbers of.
  const ownerOf = (weight: SliceableWeight): { key: string; whole: SliceableWeight } => {
    const { key, specification } = weight;
    // Of a normalisation per width: made when it is first taken, as it starts with one number alone.
    if (normalisationPerWidth && isNormalisation(key))
      return { key: `${key}@${specification.shape[0]!}`, whole: weight };
    const larger = entangledKernels ? largerWindowOf(weight) : key;
    const whole = widest.get(larger) ?? widest.get(key);
    if (whole !== undefined) return { key: whole.key, whole };
    throw new Problem(`The supernet has no weight ${key}.`, "Make it of the space that the architecture comes from.");
  };
  const copy = (source: Float32Array | undefined, places: Int32Array) =>
    Float32Array.from(places, (place) => source?.[place] ?? 0);

  return {
    ...{ space, size, settings, numbers },
    take(architecture, from = numbers) {
      encode(space, architecture);
      const graph = buildNetwork(architecture, size, settings);
      const slices = new Map<string, { key: string; places: Int32Array }>();
      const variables = new Map<string, tf.Variable>();
      for (const weight of sliceableWeightsOf(graph)) {
        const { key, specification } = weight;
        const { key: own, whole } = ownerOf(weight);
        const places = sliceOf(weight, whole);
        if (!numbers.has(own)) numbers.set(own, initialValue(specification, random.split(own)));
        slices.set(key, { key: own, places });
        const values = copy(from.get(own) ?? numbers.get(own), places);
        variables.set(
          key,
          newBorrowable(() => tf.tensor(values, [...specification.shape]), specification.trainable),
        );
      }
      return { plan: planNetwork(graph), weights: bankOf(variables, true), slices };
    },
    put({ slices }, values, into = numbers) {
      for (const [key, list] of values) {
        const { key: own, places } = slices.get(key)!;
        let target = into.get(own);
        if (target === undefined) into.set(own, (target = new Float32Array(numbers.get(own)!.length)));
        for (let index = 0; index < places.length; index++) target[places[index]!] = list[index]!;
      }
    },
    slice({ slices, weights }, from) {
      return new Map(
        [...slices]
          .filter(([key]) => weights.isTrainable(key))
          .map(([key, { key: own, places }]) => [key, copy(from.get(own), places)]),
      );
    },
  };
}

// The key of the same kernel of a larger window; its own where it has none.
function largerWindowOf({ key, specification: { shape } }: SliceableWeight): string {
  return shape.length === 4 && shape[0] === 3 ? key.replace(/(convolution|separable)3x3\//, "$15x5/") : key;
}

function isNormalisation(key: string): boolean {
  return /\/(gamma|beta|moving_mean|moving_variance)$/.test(key);
}

// Of each weight the largest that any covering network has; those that networks have in part lie inside of one another.
function widestWeightsOf(
  space: Space,
  size: InputSize,
  settings: Partial<NetworkSettings>,
): ReadonlyMap<string, SliceableWeight> {
  const widest = new Map<string, SliceableWeight>();
  for (const graph of coveringNetworksOf(space, size, settings)) {
    for (const weight of sliceableWeightsOf(graph)) {
      const known = widest.get(weight.key) ?? weight;
      const sources = known.sources.map((features, index) => Math.max(features, weight.sources[index]!));
      widest.set(weight.key, { ...largerOf(known, weight), sources });
    }
  }
  return widest;
}
