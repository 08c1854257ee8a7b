import { existsSync } from "node:fs";

import * as v from "valibot";

import { readComparison } from "../compare/comparison-file";
import { showText } from "../display/text";
import { writeAtomically } from "../files/write-atomically";
import { packageVersion, systemClock, type Clock } from "../runtime/environment";
import { nullable, text } from "../runtime/option-values";
import { checkStored } from "../runtime/options";
import type { StudySearch } from "./found-by";
import { placeOf, type StudyPlace } from "./layout";
import { outcomeOf } from "./outcome-of";
import type { PartSettings } from "./planned-units";
import { readStudyFile } from "./study-file";

const shares = v.strictObject({ accuracy: nullable(v.number()), areaUnderCurve: nullable(v.number()) });

const standingSchema = v.strictObject({
  /** When it stood so, as ISO 8601. */
  at: text(),
  /** The version of SonoNAS. */
  sononas: text(),
  /** The hash of the outcome of each run and unit that is done, by its title. */
  outcomes: v.record(v.string(), v.string()),
  /** What `comparison.csv` says of each model. */
  models: v.record(v.string(), shares),
});

/** How a study stands, in so far as it is told what has changed: the file `last-time.json`. */
export type LastTime = Readonly<v.InferOutput<typeof standingSchema>>;

/** A study of which that can be said from its folder alone. */
type StandingStudy = StudySearch & StudyPlace & { readonly settings: PartSettings };

/**
 * Reads how a study stood when it was told of last.
 *
 * @returns That; null where it was not told of yet.
 * @throws {Problem} Where the file is damaged.
 */
export function readLastTime(study: StudyPlace): LastTime | null {
  const file = placeOf(study, "lastTime");
  const stored = readStudyFile(file);
  return stored === null ? null : checkStored(file, standingSchema, stored, "Remove it: it only says what changed.");
}

/**
 * Says what has changed in a study since it was told of last: what is done more, what came out otherwise, and which numbers of the
 * comparison are others. How it stands now is kept for the next time.
 *
 * @param last How it stood; default: as its folder says.
 * @param clock Tells the time; default: this machine's clock.
 * @returns Sentences, at least one.
 * @throws {Problem} Where a file of the study is damaged, or cannot be written.
 */
export function tellSince(
  study: StandingStudy,
  last: LastTime | null = readLastTime(study),
  clock: Clock = systemClock,
): string[] {
  const now = standingOf(study, clock);
  writeAtomically(placeOf(study, "lastTime"), `${JSON.stringify(now, null, 1)}\n`);
  if (last === null) return [`This is the first time: ${Object.keys(now.outcomes).length} runs and units are done.`];
  const said = [...tellOutcomes(last, now), ...tellModels(last, now)];
  const since = `${last.at.slice(0, 10)} ${last.at.slice(11, 16)} UTC${last.sononas === now.sononas ? "" : `, with version ${last.sononas}`}`;
  return said.length === 0
    ? [`Since the last time (${since}) nothing has changed.`]
    : [`Since the last time (${since}):`, ...said];
}

/**
 * Prints what came out of a study, in one hash, and what has changed since it was told of last.
 *
 * @throws {Problem} Where a file of the study is damaged, or cannot be written.
 */
export function tellOutcome(study: StandingStudy): void {
  showText([outcomeOf(study).told, ...tellSince(study)]);
}

function standingOf(study: StandingStudy, clock: Clock): LastTime {
  const table = placeOf(study, "comparison");
  const rows = existsSync(table) ? readComparison(table) : [];
  const done = outcomeOf(study).runs.flatMap(({ title, hash }) => (hash === null ? [] : [[title, hash] as const]));
  return {
    ...{ at: clock.now().toISOString(), sononas: packageVersion("sononas"), outcomes: Object.fromEntries(done) },
    models: Object.fromEntries(
      rows.map(({ model, accuracy, areaUnderCurve }) => [model, { accuracy, areaUnderCurve }] as const),
    ),
  };
}

function tellOutcomes({ outcomes: before }: LastTime, { outcomes: now }: LastTime): string[] {
  const titles = Object.keys(now);
  const more = titles.filter((title) => !Object.hasOwn(before, title));
  const gone = Object.keys(before).filter((title) => !Object.hasOwn(now, title));
  const others = titles.filter((title) => Object.hasOwn(before, title) && before[title] !== now[title]);
  const all = Object.keys(before).length;
  return [
    ...(more.length === 0 ? [] : [`${more.length} runs and units more are done: ${listOf(more)}.`]),
    ...(gone.length === 0 ? [] : [`${gone.length} of ${all} are no longer done: ${listOf(gone)}.`]),
    ...(others.length === 0 ? [] : [`${others.length} of ${all} came out otherwise: ${listOf(others)}.`]),
  ];
}

function tellModels({ models: before }: LastTime, { models: now }: LastTime): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.flatMap((name) => {
    const [was, is] = [before[name], now[name]];
    if (was === undefined) return [`${name} is new in the table: ${sharesOf(is!)}.`];
    if (is === undefined) return [`${name} is no longer in the table.`];
    const [old, recent] = [sharesOf(was), sharesOf(is)];
    return old === recent ? [] : [`${name}: ${recent}, and was ${old}.`];
  });
}

const sharesOf = ({ accuracy, areaUnderCurve }: v.InferOutput<typeof shares>) =>
  `accuracy ${shareOf(accuracy)}, area ${shareOf(areaUnderCurve)}`;

const shareOf = (value: number | null) => (value === null ? "none" : value.toFixed(3).replace(/^0/, ""));

function listOf(titles: readonly string[]): string {
  const named = titles.slice(0, 3).join("; ");
  return titles.length > 3 ? `${named}; and ${titles.length - 3} more` : named;
}
