import type { RandomGenerator } from "../runtime/random";
import { bootstrapByGroup, type RowStatistic } from "../statistics/bootstrap-by-group";
import { kendallTauOfRows } from "../statistics/kendall-tau";
import { regressionResiduals } from "../statistics/regression-residuals";
import { mean } from "../statistics/summary";
import type { Benchmark } from "./benchmark";
import { labelsOf, type LabelChoice, type Labels } from "./labels";

/** How well scores order networks. */
export interface ScoreOutcome {
  /** The scores: a way of sharing by its name, or "synflow". */
  readonly score: string;
  /** How many networks were scored. */
  readonly networks: number;
  /** How many supernets were averaged over; 1 for scores without one. */
  readonly supernets: number;
  /** Kendall's τ-b of score and label, the mean over the supernets. */
  readonly tau: number;
  /** The ends of its 95 % interval, by a bootstrap over networks. */
  readonly interval: readonly [number, number];
  /** τ between what size does not explain of both: residuals on the logarithms of parameters and multiply-adds. */
  readonly partial: number;
  readonly partialInterval: readonly [number, number];
}

/**
 * Says how well scores by shared weights order networks, way by way: the outcome of the protocol's steps "supernets" and "confirm". The
 * label of a network is the mean area over the folds other than the one whose images its score is from: both would share what is odd
 * about these images.
 *
 * @param benchmark What was measured.
 * @param choice Which trainings are the labels.
 * @param random Draws the bootstrap's networks.
 * @returns A line for each way of sharing.
 * @throws {Problem} Where there are no such trainings.
 */
export function judgeSharing(
  { rows, networks, shared }: Pick<Benchmark, "rows" | "networks" | "shared">,
  choice: LabelChoice,
  random: RandomGenerator,
): ScoreOutcome[] {
  const labels = labelsOf(rows, choice);
  const own = shared.filter(({ set }) => set === choice.set);
  return [...new Set(own.map(({ variant }) => variant))].sort().map((variant) => {
    const supernets = new Map<string, { fold: number; areas: Map<number, number> }>();
    for (const { seed, fold, place, area } of own.filter((one) => one.variant === variant)) {
      const name = `${seed} ${fold}`;
      const supernet = supernets.get(name) ?? { fold, areas: new Map<number, number>() };
      supernets.set(name, { fold, areas: supernet.areas.set(place, area) });
    }
    const columns = [...supernets.values()].map(({ fold, areas }) => ({
      score: labels.places.map((place) => areas.get(place) ?? Number.NaN),
      label: meansWithout(labels, choice, fold),
    }));
    return judge(variant, labels, columns, networks, choice.set, random);
  });
}

/**
 * Says how well networks are ordered by what is known without any training: by their parameters, their multiply-adds, and by scores
 * without training.
 *
 * @param benchmark What was measured.
 * @param choice Which trainings are the labels: means over all their folds.
 * @param random Draws the bootstrap's networks.
 * @returns A line for each score; the partial τ of the two sizes is 0, as nothing is left of them.
 * @throws {Problem} Where there are no such trainings.
 */
export function judgeTrainingFree(
  { rows, networks, trainingFree }: Pick<Benchmark, "rows" | "networks" | "trainingFree">,
  choice: LabelChoice,
  random: RandomGenerator,
): ScoreOutcome[] {
  const labels = labelsOf(rows, choice);
  const label = meansWithout(labels, choice, null);
  const sizes = sizesOf(labels, networks, choice.set);
  const free = labels.places.map((place) => trainingFree.find((one) => one.set === choice.set && one.place === place));
  const scores = {
    ...{ parameters: sizes.parameters, "multiply-adds": sizes.multiplyAdds },
    ...(free.includes(undefined)
      ? {}
      : { synflow: free.map((one) => one!.synflow), naswot: free.map((one) => one!.naswot) }),
  };
  return Object.entries(scores).map(([name, score]) =>
    judge(name, labels, [{ score, label }], networks, choice.set, random),
  );
}

interface Column {
  readonly score: readonly number[];
  readonly label: readonly number[];
}

function judge(
  name: string,
  labels: Labels,
  columns: readonly Column[],
  networks: Benchmark["networks"],
  set: string,
  random: RandomGenerator,
): ScoreOutcome {
  const { parameters, multiplyAdds } = sizesOf(labels, networks, set);
  const sizes = [parameters, multiplyAdds].map((values) => values.map(Math.log));
  const raw = columns.map(({ score, label }) => kendallTauOfRows(score, label));
  // Networks that are drawn anew are regressed anew: the residuals have their share of the uncertainty.
  const partial = columns.map(({ score, label }): RowStatistic => (rows) => {
    const of = (values: readonly number[]) => rows.map((row) => values[row]!);
    const sized = sizes.map(of);
    const [a, b] = [score, label].map((values) => rounded(regressionResiduals(of(values), sized)));
    return kendallTauOfRows(a!, b!)(rows.map((_, place) => place));
  });
  const averaged =
    (statistics: readonly RowStatistic[]): RowStatistic =>
    (rows) => {
      const values = statistics.map((statistic) => statistic(rows));
      return values.includes(null) ? null : mean(values as number[]);
    };
  const found = bootstrapByGroup({
    groups: labels.places.map(String),
    statistics: { tau: averaged(raw), partial: averaged(partial) },
    random: random.split(name),
    replicates: 2000,
  });
  const { tau, partial: left } = found;
  return {
    ...{ score: name, networks: labels.places.length, supernets: columns.length },
    ...{ tau: tau.estimate ?? 0, interval: [tau.low ?? 0, tau.high ?? 0] },
    ...{ partial: left.estimate ?? 0, partialInterval: [left.low ?? 0, left.high ?? 0] },
  };
}

// What a regression explains whole leaves rounding errors, whose order says nothing.
function rounded(values: readonly number[]): number[] {
  return values.map((value) => Math.round(value * 1e9));
}

function meansWithout({ areas }: Labels, { folds }: LabelChoice, without: number | null): number[] {
  return areas.map((own) => mean(own.filter((_, index) => folds[index] !== without)));
}

function sizesOf({ places }: Labels, networks: Benchmark["networks"], set: string) {
  const own = new Map(networks.filter((network) => network.set === set).map((network) => [network.place, network]));
  return {
    parameters: places.map((place) => own.get(place)!.parameters),
    multiplyAdds: places.map((place) => own.get(place)!.multiplyAdds),
  };
}
