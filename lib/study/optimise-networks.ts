import * as v from "valibot";

import { startProgress } from "../display/progress";
import { bracketsSchema, checkBrackets } from "../optimise/brackets";
import type { Dimensions } from "../optimise/dimension";
import type { OptimisationTrial } from "../optimise/optimise-in-run";
import { runArms, type Arm, type ArmResult } from "../optimise/run-arms";
import { samplers } from "../optimise/samplers";
import { aroundFound, aroundHandCrafted, type Subject, type SubjectOptions } from "../optimise/subjects";
import { checkOptions } from "../runtime/options";
import { listOf, wholeNumber } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { checkSearch } from "../search/search-options";
import type { FoundNetwork } from "../train/specification";
import type { ChosenArchitecture } from "./further-winners";
import { placeOf } from "./layout";
import type { Study } from "./open-study";
import { checkStudySettings } from "./study-settings";
import { innerFoldsOf } from "./trial-searches";
import { readWinner } from "./winner";

const optimisingSchema = v.strictObject({
  /** How budgets are divided among settings; default: 4 brackets of 9 points for 3, 9 and 27 epochs. */
  brackets: v.optional(bracketsSchema, {}),
  /** Every arm runs once with each; default: 1, 2, 3. */
  seeds: v.optional(listOf(wholeNumber(), { least: 1, different: true }), [1, 2, 3]),
  /** Inner folds of the search's training images: settings are optimised on the first, and judged on the others. Default: 5. */
  innerFolds: v.optional(wholeNumber({ from: 2, to: 20 }), 5),
});

/** How a study's networks are optimised. @interface */
export type OptimisingOptions = v.InferInput<typeof optimisingSchema>;

/** What came of a study's optimisation. */
export interface OptimisedNetworks {
  /** The runs of the arms, the optimisation around the found network first, then networks as the study trains them. */
  readonly results: readonly ArmResult[];
  /** What each arm has optimised, by its name. */
  readonly subjects: ReadonlyMap<string, Subject>;
}

/**
 * Optimises size and training of a study's found network, as ENAS-B does, and beside it with the same budget: the same settings drawn by
 * chance, and the same optimisation around the reference of the primary endpoint, or
 * the plain CNN, and around a random network. All of it is of the training images of the fold that the search has seen; no test image is looked at. What is done is not done again.
 *
 * @throws {Problem} Where the study has no winner yet, an option is none, or a class has too few patients.
 * @throws {Interrupted} Where the cell is interrupted; all is saved, and the same call goes on.
 */
export async function optimiseNetworks(study: Study, options: OptimisingOptions = {}): Promise<OptimisedNetworks> {
  const { brackets, seeds, innerFolds } = checkOptions("optimiseNetworks", optimisingSchema, options);
  const { settings, prepared } = study;
  const { training, network } = checkStudySettings(settings);
  const { winner, controls } = readWinner(study);
  const [control] = controls;
  if (control === undefined) {
    throw new Problem(
      `${study.name} has no random network to optimise beside the found one.`,
      "Open a study with controls: 1, at least.",
    );
  }
  const specified = ({ architecture }: ChosenArchitecture): FoundNetwork => ({
    ...{ kind: "found", architecture, settings: network ?? checkSearch(settings.search.options).network },
  });
  const about = (name: string): SubjectOptions => ({ name, training, size: prepared.size });
  const { name } = study.found;
  const reference = settings.handCrafted.find((one) => one === settings.primary?.reference) ?? "plain CNN";
  const found = aroundFound(specified(winner), about(name));
  const arms: Arm[] = [
    { name: `${name}-B`, subject: found, sampler: samplers.bayesian },
    { name: `${name}, settings by chance`, subject: found, sampler: samplers.random },
    { name: `${reference}-B`, subject: aroundHandCrafted(reference, about(reference)), sampler: samplers.bayesian },
    { name: "random 1-B", subject: aroundFound(specified(control), about("random 1")), sampler: samplers.bayesian },
  ];
  const [images, ...judgedOn] = innerFoldsOf(study, { folds: innerFolds });
  const results = await runArms(placeOf(study, "optimised"), {
    ...{ arms, brackets: checkBrackets(brackets), seeds, prepared, images: images!, judgedOn },
    untouched: [
      { name, network: specified(winner), training },
      { name: reference, network: { kind: "hand-crafted", name: reference }, training },
    ],
    progress: (title, epochs, before) => startProgress({ title, total: epochs, before }),
  });
  return { results, subjects: new Map(arms.map((arm) => [arm.name, arm.subject])) };
}

/**
 * Gathers all trials of the subject that stands first: those that Bayesian optimisation proposed, and those that chance did, which say what
 * lies where it did not look.
 */
export function explainedArm({ results, subjects }: OptimisedNetworks): {
  readonly arm: string;
  readonly dimensions: Dimensions;
  readonly trials: readonly OptimisationTrial[];
} {
  const subject = subjects.get(results[0]!.arm)!;
  const own = results.filter(({ arm }) => subjects.get(arm) === subject);
  return {
    arm: subject.name,
    dimensions: subject.dimensions,
    trials: own.flatMap(({ optimisation }) => optimisation?.trials ?? []),
  };
}
