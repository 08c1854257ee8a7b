import type { RandomGenerator } from "../../runtime/random";

/** What is known of a network before it is trained. */
export interface Candidate {
  /** Its decisions, as whole numbers. */
  readonly code: readonly number[];
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiplications with a following addition for one image. */
  readonly multiplyAdds: number;
  /** What it scores with the weights of a supernet; null where there is none. */
  readonly shared: number | null;
}

/** Lets a strategy take further networks of a space among the candidates. */
export interface OpenSpace {
  /**
   * Says what a network would cost.
   *
   * @param code Its decisions.
   * @returns What is known of it without training; null where it is outside of the budget.
   */
  look(code: readonly number[]): Omit<Candidate, "shared"> | null;

  /**
   * Takes a network among the candidates, unless it is there already.
   *
   * @param code Its decisions.
   * @returns Its place.
   * @throws {Problem} Where it is outside of the budget, or none of the space.
   */
  admit(code: readonly number[]): number;
}

/** Networks of which the best is to be found, by training some of them on some folds. */
export interface PoolProblem {
  /** The candidates; those that a strategy takes from the space join them at the end. */
  readonly candidates: readonly Candidate[];
  /** Where further candidates come from; null on a table, which has no others. */
  readonly space: OpenSpace | null;
  /** How many options each decision has. */
  readonly options: readonly number[];
  /** How many folds a candidate can be trained on. */
  readonly folds: number;
  /** About how many trainings the budget allows. */
  readonly trainings: number;
}

/** A training that a strategy asks for: never the same twice. */
export interface Trial {
  /** The candidate's place. */
  readonly candidate: number;
  /** The fold, from 0. */
  readonly fold: number;
}

/** Asks for trainings, is told the area of each, or null once the budget is used up, and then gives the candidate that it chooses. */
export type PoolSearch = Generator<Trial, number, number | null>;

/** How the best of a pool of networks is looked for. */
export interface PoolStrategy {
  /** Its name in options and files: "random-race". */
  readonly kind: string;
  /** Its name in tables and figures. */
  readonly title: string;
  /** What it does, in a sentence. */
  readonly description: string;
  /** Whether it uses what candidates score with shared weights: the supernet is then paid from its budget. */
  readonly usesShared: boolean;

  /**
   * Looks for the best candidate.
   *
   * @param problem The candidates, and how many trainings are about to be had.
   * @param random The source of chance.
   */
  search(problem: PoolProblem, random: RandomGenerator): PoolSearch;
}

/** The areas that a strategy has seen: of each candidate by fold. */
export class Seen {
  private readonly areas = new Map<number, Map<number, number>>();
  /** Sum and number of the areas on each fold. */
  private readonly folds = new Map<number, { sum: number; count: number }>();

  /** Keeps an area. */
  note({ candidate, fold }: Trial, area: number): void {
    const own = this.areas.get(candidate) ?? new Map<number, number>();
    this.areas.set(candidate, own.set(fold, area));
    const all = this.folds.get(fold) ?? { sum: 0, count: 0 };
    this.folds.set(fold, { sum: all.sum + area, count: all.count + 1 });
  }

  /** Lists the candidates that were trained, in the order of their first training. */
  candidates(): number[] {
    return [...this.areas.keys()];
  }

  /** Says whether a candidate was trained on a fold. */
  has({ candidate, fold }: Trial): boolean {
    return this.areas.get(candidate)?.has(fold) === true;
  }

  /** Counts a candidate's trainings. */
  count(candidate: number): number {
    return this.areas.get(candidate)?.size ?? 0;
  }

  /**
   * Gives a candidate's mean area, each fold's mean over all candidates being taken out: folds differ in how hard they are.
   */
  level(candidate: number): number {
    let [sum, count] = [0, 0];
    for (const [fold, area] of this.areas.get(candidate) ?? []) {
      const all = this.folds.get(fold)!;
      sum += area - all.sum / all.count;
      count += 1;
    }
    return sum / count;
  }

  /** Gives the candidate with the best level among some, or among all; the first of them where none was trained. */
  best(among: readonly number[] = this.candidates()): number {
    const trained = among.filter((candidate) => this.count(candidate) > 0);
    return trained.reduce(
      (best, next) => (this.level(next) > this.level(best) ? next : best),
      trained[0] ?? among[0] ?? 0,
    );
  }
}

/** The candidates' scores by shared weights, to mean 0 and standard deviation 1. */
export function scoresOf({ candidates }: Pick<PoolProblem, "candidates">): number[] {
  const scores = candidates.map(({ shared }) => shared ?? 0);
  return scores.map(scaleOf(scores));
}

/** Makes what brings numbers to mean 0 and standard deviation 1 as some have it; to 0 where these do not vary. */
export function scaleOf(values: readonly number[]): (value: number) => number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return (value) => (deviation > 0 ? (value - mean) / deviation : 0);
}
