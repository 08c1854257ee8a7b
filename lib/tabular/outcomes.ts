import type { RandomGenerator } from "../runtime/random";
import { bootstrapByGroup, type RowStatistic } from "../statistics/bootstrap-by-group";
import { holm } from "../statistics/holm";
import { kendallTauOfRows } from "../statistics/kendall-tau";
import { ceilingOfTau, reliability } from "../statistics/reliability";
import { mean } from "../statistics/summary";
import { kolmogorovSmirnov, mannWhitney } from "../statistics/two-samples";
import type { DrawnNetwork } from "./drawn-networks";
import { labelsOf, tableTrainings, type Labels } from "./labels";
import type { Row } from "./row";

/** A number that a step of the protocol gave. */
export interface Outcome {
  /** What it is. */
  readonly what: string;
  readonly value: number;
  /** The ends of its 95 % interval, by a bootstrap over networks; null where it has none. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many networks it is of. */
  readonly networks: number;
}

const short = { ...tableTrainings, folds: [1, 2, 3, 4, 5] } as const;

/**
 * Says how reliable the table's labels are, whether they order networks as larger images do, and what the size of a network alone
 * says: the outcome of the protocol's steps "fidelity" and "fidelity-64".
 *
 * @param rows The rows of the benchmark.
 * @param networks Its networks.
 * @param random Draws the bootstrap's networks.
 * @returns The numbers; those of larger images only where they were measured.
 * @throws {Problem} Where the networks were not measured twice.
 */
export function judgeFidelity(
  rows: readonly Row[],
  networks: readonly DrawnNetwork[],
  random: RandomGenerator,
): Outcome[] {
  const first = labelsOf(rows, { ...short, set: "shape" });
  const second = labelsOf(rows, { ...short, set: "shape", repeat: 2 });
  const [once, again] = together(first, second);
  const sizes = costsOf(networks, "shape", first.places);
  const outcomes = intervals("labels", first.places.length, random, {
    "reliability of five folds, one seed each": (chosen) => reliability(of(first.areas, chosen)).mean,
    "reliability of one fold": (chosen) => reliability(of(first.areas, chosen)).single,
    "τ of parameters and label": kendallTauOfRows(sizes.parameters, means(first)),
    "τ of multiply-adds and label": kendallTauOfRows(sizes.multiplyAdds, means(first)),
  });
  const repeated = intervals("repeats", once.places.length, random, {
    "τ of two labels from the same images and other seeds": kendallTauOfRows(means(once), means(again)),
    "standard deviation between networks, folds and seeds averaged": (chosen) =>
      reliability(of(pairMeans(once, again), chosen)).between,
    "standard deviation of one fold and seed": (chosen) => reliability(of(once.areas, chosen)).within,
  });
  const large = rows.filter(({ size }) => size === 64);
  if (large.length === 0) return [...outcomes, ...repeated];
  const [small, larger] = together(
    first,
    labelsOf(rows, { set: "shape", repeat: 1, size: 64, epochs: 25, folds: [1, 2, 3] }),
  );
  const ceiling = (chosen: readonly number[]) =>
    ceilingOfTau(
      Math.max(0, reliability(of(small.areas, chosen)).mean) * Math.max(0, reliability(of(larger.areas, chosen)).mean),
    );
  return [
    ...outcomes,
    ...repeated,
    ...intervals("sizes", small.places.length, random, {
      "τ of the labels at 32 × 32 and at 64 × 64": kendallTauOfRows(means(small), means(larger)),
      "the most that it could be, by the reliability of both": ceiling,
      "reliability of three folds at 64 × 64": (chosen) => reliability(of(larger.areas, chosen)).mean,
    }),
  ];
}

/** How two spaces compare as distributions of their networks' areas. */
export interface SpaceComparison {
  readonly spaces: string;
  /** The means of both. */
  readonly means: readonly [number, number];
  /** The means of the best tenth of each. */
  readonly bestTenth: readonly [number, number];
  /** The probability that a network of the first is above one of the second. */
  readonly probability: number;
  /** The p-value of Mann and Whitney after Holm's correction. */
  readonly p: number;
  /** The distance of Kolmogorov and Smirnov, and its p-value. */
  readonly distance: number;
  readonly pOfDistance: number;
}

/**
 * Compares spaces as distributions: the outcome of the protocol's step "spaces".
 *
 * @param rows The rows of the benchmark.
 * @param sets The sets that are held against the first of them: "shape", "macro".
 * @param count How many networks of each are taken, from the first on.
 * @throws {Problem} Where a set was not measured.
 */
export function judgeSpaces(rows: readonly Row[], sets: readonly string[], count = 48): SpaceComparison[] {
  const [first, ...others] = sets.map((set) => {
    const { places, areas } = labelsOf(rows, { ...short, set, folds: [1, 2] });
    return { set, values: areas.filter((_, index) => places[index]! < count).map((own) => mean(own)) };
  });
  const compared = others.map(({ set, values }) => ({
    spaces: `${first!.set} and ${set}`,
    means: [mean(first!.values), mean(values)] as const,
    bestTenth: [bestTenth(first!.values), bestTenth(values)] as const,
    ...mannWhitney(first!.values, values),
    ...(({ distance, p }) => ({ distance, pOfDistance: p }))(kolmogorovSmirnov(first!.values, values)),
  }));
  const corrected = holm(compared.map(({ p }) => p));
  return compared.map((each, index) => ({ ...each, p: corrected[index]! }));
}

function intervals(
  name: string,
  count: number,
  random: RandomGenerator,
  statistics: Readonly<Record<string, RowStatistic>>,
): Outcome[] {
  const groups = Array.from({ length: count }, (_, index) => String(index));
  const found = bootstrapByGroup({ groups, statistics, random: random.split(name), replicates: 2000 });
  return Object.entries(found).map(([what, { estimate, low, high }]) => ({
    ...{ what, low, high, networks: count },
    value: estimate ?? Number.NaN,
  }));
}

function together(first: Labels, second: Labels): [Labels, Labels] {
  const shared = first.places.filter((place) => second.places.includes(place));
  const only = ({ places, areas }: Labels) => ({
    places: shared,
    areas: shared.map((place) => areas[places.indexOf(place)]!),
  });
  return [only(first), only(second)];
}

function costsOf(networks: readonly DrawnNetwork[], set: string, places: readonly number[]) {
  const own = places.map((place) => networks.find((network) => network.set === set && network.place === place)!);
  return {
    parameters: own.map(({ parameters }) => parameters),
    multiplyAdds: own.map(({ multiplyAdds }) => multiplyAdds),
  };
}

const means = ({ areas }: Labels) => areas.map((own) => mean(own));
const of = <Item>(list: readonly Item[], chosen: readonly number[]) => chosen.map((index) => list[index]!);

function pairMeans(first: Labels, second: Labels): number[][] {
  return first.areas.map((own, network) => own.map((area, fold) => (area + second.areas[network]![fold]!) / 2));
}

function bestTenth(values: readonly number[]): number {
  return mean([...values].sort((a, b) => b - a).slice(0, Math.max(1, Math.round(values.length / 10))));
}
