import { rmSync } from "node:fs";
import { join } from "node:path";

import type { Split } from "../data/split/split";
import { Problem } from "../runtime/problem";
import type { Architecture, NetworkSettings } from "../space/kinds";
import { areaUnderCurve } from "../statistics/area-under-curve";
import { namesOfTested } from "../train/test-door";
import type { GivenPlan } from "../validate/plan";
import { readValidation } from "../validate/read-validation";
import { runPlan } from "../validate/run-plan";
import { innerFoldsOf } from "./folds";
import type { NestedOptions } from "./nested-options";
import type { Protocol } from "./protocol";
import { round } from "./row";
import type { StepOptions } from "./run-step";

/** A network that is trained on what an outer fold does not test, and tested on the rest. */
export interface TestedNetwork {
  /** Its name, another one for each. */
  readonly name: string;
  readonly architecture: Architecture;
  readonly settings: Partial<NetworkSettings>;
}

/** What came of a network by each seed of its training. */
export interface TestedOutcome {
  readonly areas: readonly number[];
  /** The logits of malignant, in the order of the outer fold's ids. */
  readonly logits: readonly (readonly number[])[];
}

/**
 * Trains networks on all that an outer fold does not test, with each seed of the protocol, and tests them once: all of them in one
 * cross-validation, each a network of that fold alone (`networkOfFold`).
 *
 * @param fold The outer fold, from 1.
 * @returns The images that it tests, and for each network what came of it.
 * @throws {Problem} Where a training fails.
 * @throws {Interrupted} Where it is asked to stop; all is saved.
 */
export async function testWinners(
  protocol: Protocol,
  { winners: { size, epochs, seeds } }: NestedOptions,
  split: Split,
  fold: number,
  networks: readonly TestedNetwork[],
  { workFolder, workers, dataRoot }: StepOptions,
): Promise<{ readonly ids: readonly string[]; readonly outcomes: readonly TestedOutcome[] }> {
  const own = innerFoldsOf(split, protocol.folds, fold)[0]!;
  const ids = namesOfTested(own);
  const name = `outer ${fold}`;
  const plan: GivenPlan = {
    ...{ dataset: protocol.dataset, dataRoot: dataRoot ?? null, preparation: { ...protocol.preparation, size } },
    // Nothing is chosen by the validation images any more: winners learn from them too.
    split: {
      ...split,
      name,
      folds: [{ name, train: [...own.train, ...own.validation], validation: [], test: ids }],
    },
    ...{ seeds: [...seeds], threads: 1, training: { ...protocol.training, epochs } },
    models: networks.map(({ name: model, architecture, settings }) => {
      const network = { kind: "found" as const, architecture, settings };
      return { name: model, kind: "found", network, networkOfFold: { [name]: network } };
    }),
  };
  const place = join(workFolder, `nested-fold-${fold}-winners`);
  const { done, notices } = await runPlan(place, plan, { workers, watch: null });
  if (!done) throw new Problem(notices.join(" "), "Mend what it says, and run the step again: it goes on.");
  const { models } = readValidation(place);
  const outcomes = models.map(({ predictions: { rows } }): TestedOutcome => {
    const bySeed = seeds.map((seed) => {
      const tested = new Map(
        rows.flatMap((row) => (row.part === "test" && row.seed === seed ? [[row.id, row] as const] : [])),
      );
      return ids.map((id) => tested.get(id)!);
    });
    const logits = bySeed.map((tested) => tested.map(({ logit }) => logit!));
    return {
      logits,
      areas: bySeed.map((tested, seed) =>
        round(
          areaUnderCurve(
            logits[seed]!,
            tested.map(({ label }) => label),
          ),
          6,
        ),
      ),
    };
  });
  return { ids, outcomes };
}

/** Removes what the trainings have left, once it is in the table. */
export function forgetWinners(fold: number, { workFolder }: Pick<StepOptions, "workFolder">): void {
  rmSync(join(workFolder, `nested-fold-${fold}-winners`), { recursive: true });
}
