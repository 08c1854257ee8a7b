import { basename, dirname, join } from "node:path";

import { packageVersion } from "../runtime/environment";
import { describeRuntime } from "../runtime/tensorflow";
import { TooEarly, WrongConfiguration } from "../runs/exit-codes";
import { appendToJournal } from "../units/journal";
import { keepingFailure } from "../units/keep-failure";
import type { TellProgress } from "../units/serve-unit";
import { forgetFailure, isSealed } from "../units/unit-folder";
import type { Unit } from "../units/unit";
import { layout } from "./layout";
import { nameStudy } from "./name-study";
import { openStudy } from "./open-study";
import { stepOf } from "./steps/steps";
import { plannedUnit, type StudyPlan } from "./study-plan";

/**
 * Does a unit of a study in this process. What was begun before goes on; what is done is not done again.
 *
 * @param folder The study's.
 * @param name The unit's.
 * @throws {WrongConfiguration} Where the folder has no such unit, or its plan is of other settings, another version, or another
 *   number of threads than this process has.
 * @throws {TooEarly} Where something that it needs is not done.
 * @throws {Problem} Where another process works on it, or it fails; why is kept in its folder.
 * @throws {Interrupted} Where it was asked to stop; all is saved, and the same call goes on.
 */
export async function runStudyUnit(folder: string, name: string, tell: TellProgress): Promise<void> {
  const { plan, unit } = plannedUnit(folder, name);
  const place = join(folder, ...name.split("/"));
  if (isSealed(place)) return;
  const early = unit.needs.find((need) => !isSealed(join(folder, ...need.split("/"))));
  if (early !== undefined) {
    throw new TooEarly(`${name} needs ${early}, which is not done yet.`, "Run it again when that is.");
  }
  await keepingFailure(place, async () => {
    const named = requireSame(folder, plan, unit);
    await stepOf(unit).run({ named, open: () => openStudy(plan.choice, dirname(folder)), unit, folder: place, tell });
  });
  forgetFailure(place);
  appendToJournal(join(folder, layout.units.place), { unit: name, seconds: process.uptime() });
}

function requireSame(folder: string, { sononas, choice }: StudyPlan, { threads }: Unit) {
  const own = packageVersion("sononas");
  if (sononas !== own) {
    throw new WrongConfiguration(
      `The units in ${folder} were planned by SonoNAS ${sononas}, and this is ${own}.`,
      "Start the study again by the version that the nodes have: what is done stays.",
    );
  }
  const named = nameStudy(choice, dirname(folder));
  if (basename(named.path()) !== basename(folder)) {
    throw new WrongConfiguration(
      `The units in ${folder} were planned for other settings: those of ${named.name}.`,
      "Start the study of that folder again: it is planned anew.",
    );
  }
  const { threads: these } = describeRuntime();
  if (these !== threads) {
    throw new WrongConfiguration(
      `This process computes with ${these} threads, and the unit with ${threads}: results would differ in their last digits.`,
      `Set SONONAS_THREADS=${threads}.`,
    );
  }
  return named;
}
