import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { folderNameOf } from "../files/folder-name";
import { Problem } from "../runtime/problem";
import { mean } from "../statistics/summary";
import { welchDifference } from "../statistics/welch";
import type { Progress } from "../display/progress";
import type { SearchImages } from "../search/searcher";
import { areaAlone } from "../trials/area-alone";
import type { InnerFold } from "../trials/shared-scores";
import { epochsOf, type Brackets } from "./brackets";
import { optimiseInRun, type Optimisation } from "./optimise-in-run";
import type { Sampler } from "./samplers";
import type { Candidate, Subject } from "./subjects";

/** One way to optimise, beside which others stand with the same budget. */
export interface Arm {
  /** What it is called, in tables and figures: "ENAS-B", "random search". */
  readonly name: string;
  readonly subject: Subject;
  readonly sampler: Sampler;
}

/** What arms need. */
export interface ArmsTask {
  /** The arms, the one that is to be judged first. */
  readonly arms: readonly Arm[];
  /** Networks that nothing is optimised of, to stand beside them: each with how it is trained. */
  readonly untouched: readonly (Candidate & { readonly name: string })[];
  readonly brackets: Brackets;
  /** Each arm is run once with each. */
  readonly seeds: readonly number[];
  readonly prepared: SearchImages["prepared"];
  /** The inner fold on which settings are optimised. Test images have no place here. */
  readonly images: InnerFold;
  /** The inner folds on which what was chosen is judged: the labels of their validation images chose nothing. */
  readonly judgedOn: readonly InnerFold[];
  /** Makes what shows how far an arm is, in epochs, from how many were done before; null: nothing. */
  readonly progress: ((title: string, epochs: number, before: number) => Progress) | null;
}

/** What came of one run of an arm, or of a network of which nothing is optimised. */
export interface ArmResult {
  readonly arm: string;
  readonly seed: number;
  /** What was found; null where nothing was looked for. */
  readonly optimisation: Optimisation | null;
  /** The areas on the folds that judge, in their order. */
  readonly areas: readonly number[];
}

/** An arm beside the first. */
export interface ArmDifference {
  readonly arm: string;
  readonly other: string;
  /** Of the means over the judging folds, by Welch over the runs' seeds. */
  readonly difference: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  readonly reason: string | null;
}

/**
 * Runs arms with the same budget, one run for each seed, and judges what each has chosen by trainings on other inner folds, with the seed
 * of the run. What is done is not done again.
 *
 * @param folder Where all runs are kept, a folder each.
 * @returns What came of it, in the order of arms and seeds, then of what nothing is optimised of.
 * @throws {Problem} Where two have one name, folders have other tasks, or options or images do not fit.
 * @throws {Interrupted} Where it is asked to stop; the same call goes on.
 */
export async function runArms(folder: string, task: ArmsTask): Promise<ArmResult[]> {
  const { arms, untouched, brackets, seeds, prepared, images, judgedOn, progress } = task;
  const names = [...arms, ...untouched].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Problem(`Two arms are called "${twice}".`, "Give each a name of its own.");
  const judge = async (place: string, { network, training }: Candidate, seed: number): Promise<number[]> => {
    const areas: number[] = [];
    for (const [index, fold] of judgedOn.entries()) {
      const options = { ...training, epochs: brackets.epochs.at(-1)!, seed };
      const own = join(place, `judged-${index + 1}`);
      areas.push(await areaAlone(own, { network, images: { prepared, ...fold }, options, watch: null }));
    }
    return areas;
  };
  const results: ArmResult[] = [];
  for (const seed of seeds) {
    for (const { name, subject, sampler } of arms) {
      const place = join(folder, folderNameOf(name), `seed-${seed}`);
      const optimisation = await optimiseInRun(join(place, "optimisation"), {
        ...{ subject, sampler, brackets, seed, prepared, images },
        progress: progress && ((before) => progress(`${name}, seed ${seed}`, epochsOf(brackets), before)),
      });
      const areas = await judge(place, subject.make(optimisation.best.point), seed);
      results.push({ arm: name, seed, optimisation, areas });
    }
    for (const { name, ...candidate } of untouched) {
      const areas = await judge(join(folder, folderNameOf(name), `seed-${seed}`), candidate, seed);
      results.push({ arm: name, seed, optimisation: null, areas });
    }
  }
  const ordered = names.flatMap((name) => results.filter(({ arm }) => arm === name));
  writeAtomically(join(folder, "arms.json"), `${JSON.stringify(ordered, null, 1)}\n`);
  return ordered;
}

/**
 * Holds the first arm against each other one.
 *
 * @returns One difference for each other arm; without an interval where there is one seed.
 */
export function compareArms(results: readonly ArmResult[]): ArmDifference[] {
  const names = [...new Set(results.map(({ arm }) => arm))];
  const worthOf = (name: string) => results.filter(({ arm }) => arm === name).map(({ areas }) => mean([...areas]));
  const [first, ...others] = names;
  return others.map((other) => {
    const { difference, low, high, p, reason } = welchDifference(worthOf(first!), worthOf(other));
    return { arm: first!, other, difference, low, high, p, reason };
  });
}
