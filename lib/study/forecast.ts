import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";

import { formatDuration } from "../display/progress";
import { showTable, type TableCell } from "../display/table";
import { showText } from "../display/text";
import { formatBytes } from "../files/free-space";
import { isBegun, isSealed } from "../units/unit-folder";
import { unitsToDo, type Unit } from "../units/unit";
import { bytesOfUnits } from "./bytes-of-units";
import { aSecond, costsOfUnits } from "./estimate-work";
import { measureStudySpeed, startSeconds, type StudySpeed } from "./measure-speed";
import type { NamedStudy } from "./name-study";
import type { Study } from "./open-study";
import { listUnits } from "./steps/steps";

/** Bytes of the executed notebooks, the figures and the report. */
const ofPages = 10e6;

/** What is known of a study before anything of it is trained. */
export type ForecastStudy = Pick<NamedStudy, "name" | "path" | "found" | "settings"> & Pick<Study, "split" | "records">;

/** One kind of what a study computes. */
interface ForecastStep {
  readonly step: string;
  readonly units: number;
  readonly done: number;
  /** Seconds that the rest takes on this machine. */
  readonly seconds: number;
  /** Bytes that the rest writes. */
  readonly bytes: number;
}

/** What a study is going to compute, what of it is there, and what the rest takes. */
export interface Forecast {
  readonly name: string;
  readonly steps: readonly ForecastStep[];
  readonly units: number;
  readonly done: number;
  /** Units that were begun, and go on where they were cut off. */
  readonly begun: number;
  /** Seconds that the rest takes on this machine, one unit at a time. */
  readonly seconds: number;
  /** Bytes that the rest writes to the study's folder. */
  readonly bytes: number;
  /** Bytes that are free there. */
  readonly free: number;
}

/**
 * Says what a study is going to compute, what of it is there already, and what the rest takes on this machine, by a step of each of its
 * networks that is taken just now. It takes seconds, and none where nothing is left. Nothing is written to the study's folder.
 *
 * @param measure Measures the machine; default: a step of each network.
 */
export async function forecastStudy(
  study: ForecastStudy,
  measure: (settings: ForecastStudy["settings"]) => Promise<StudySpeed> = measureStudySpeed,
): Promise<Forecast> {
  const { settings, records, split, path } = study;
  const costs = costsOfUnits(settings, { images: records.length, folds: split.folds.length });
  // Evaluations train nothing, and where no cluster does them 07_compare does.
  const units = listUnits({ ...study, costs, threadsOf: () => 1 }).filter(({ kind }) => kind !== "evaluation");
  const folderOf = ({ name }: Pick<Unit, "name">) => path(...name.split("/"));
  const open = new Set(unitsToDo(units, (unit) => isSealed(folderOf(unit))).map(({ name }) => name));
  const secondsOf = open.size === 0 ? () => 0 : secondsOfUnits(settings, await measure(settings));
  const bytesOf = bytesOfUnits(settings, records.length);
  const steps = [...new Set(units.map(({ kind }) => kind))].map((step): ForecastStep => {
    const all = units.filter(({ kind }) => kind === step);
    const left = all.filter(({ name }) => open.has(name));
    return {
      ...{ step, units: all.length, done: all.length - left.length },
      seconds: left.reduce((sum, unit) => sum + secondsOf(unit), 0),
      bytes: left.reduce((sum, unit) => sum + bytesOf(unit), 0),
    };
  });
  const sum = (of: (step: ForecastStep) => number) => steps.reduce((all, step) => all + of(step), 0);
  return {
    ...{ name: study.name, steps, units: units.length, done: units.length - open.size },
    begun: units.filter((unit) => open.has(unit.name) && isBegun(folderOf(unit))).length,
    ...{ seconds: sum(({ seconds }) => seconds), bytes: ofPages + sum(({ bytes }) => bytes), free: freeBytes(path()) },
  };
}

/** Shows what a study is going to compute, how long on this machine, with how much disk, and what is there already. */
export function tellForecast(forecast: Forecast): void {
  const { name, steps, units, done, begun, seconds, bytes, free } = forecast;
  if (done === units) {
    showText(`All that ${name} trains is there, ${units} units: nothing is trained anew.`);
    return;
  }
  const rows = steps.map((one): Record<string, TableCell> => {
    const open = one.done < one.units;
    return {
      ...{ "to be done": one.step, units: one.units, "there already": one.done },
      time: open ? tellSeconds(one.seconds) : null,
      disk: open ? formatBytes(one.bytes) : null,
    };
  });
  showTable(rows, { caption: `What ${name} computes on this machine`, rows: rows.length });
  const there = done === 0 ? "Nothing of it is there yet" : `${done} of ${units} units are there and stay as they are`;
  const cut = begun === 0 ? "" : `, ${begun} go on where they were cut off`;
  showText(
    `${there}${cut}. The rest takes about ${tellSeconds(seconds)}, by one step of each network just now: expect half to twice of it. It writes about ${formatBytes(bytes)}, notebooks and report with it; ${formatBytes(free)} are free.`,
  );
  if (bytes > free) showText("The disk has too little room: free some, or name another folder by SONONAS_RESULTS.");
}

/** Makes what says how long a unit takes, with the start of its process. */
function secondsOfUnits({ search }: ForecastStudy["settings"], speed: StudySpeed): (unit: Unit) => number {
  // Of a search by trials a part may be limited in processor seconds, which no machine makes shorter.
  const limited = search.trials?.limit?.cpuSeconds ?? 0;
  return ({ kind, cost, of }) => {
    if (kind === "search") return startSeconds + limited + Math.max(0, cost - limited * aSecond) / speed.searched;
    const pace = of.part === undefined ? speed.searched : paceOf(String(of.model), speed);
    return startSeconds + cost / pace;
  };
}

// A trial of a recipe has the name of its network, and the recipe's behind it.
function paceOf(model: string, { handCrafted, own, found }: StudySpeed): number {
  const paceNamed = (name: string) => handCrafted.get(name) ?? own.get(name);
  return paceNamed(model) ?? paceNamed(model.replace(/, recipe \d+$/, "")) ?? found;
}

function freeBytes(folder: string): number {
  let place = folder;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  return bavail * bsize;
}

// Whole minutes, and from an hour on whole tens of them: more is not known.
function tellSeconds(seconds: number): string {
  const step = seconds < 60 ? 5 : seconds < 3600 ? 60 : 600;
  return formatDuration(Math.max(step, Math.round(seconds / step) * step));
}
