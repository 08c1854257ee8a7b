import { showTable, type TableCell } from "../display/table";
import { showText } from "../display/text";
import { canonicalJson } from "../files/canonical-json";
import { isPlainObject } from "../runs/json";
import type { Attempted } from "./attempt";
import type { NamedStudy } from "./name-study";
import { tellPower, type PlannedPower } from "./planned-power";
import { settingsOf } from "./settings-of";
import { checkStudySettings } from "./study-settings";

/**
 * Lists what a study is set to otherwise than its profile.
 *
 * @returns One row a setting, with its path, the profile's value and the study's; none where nothing is changed.
 */
export function listChanges(study: Pick<NamedStudy, "profile" | "dataset" | "settings">): Record<string, TableCell>[] {
  const base = settingsOf(study);
  return rowsOf("", base, study.settings, checkStudySettings(base), checkStudySettings(study.settings));
}

/** A study that is told of; what was decided because of its images is known once it is open. */
export interface ToldStudy extends Pick<NamedStudy, "profile" | "dataset" | "settings" | "name"> {
  readonly notices?: readonly string[];
  readonly power?: Attempted<PlannedPower>;
}

/**
 * Shows what a study is set to otherwise than its profile, under which name its results lie, and what was decided because its
 * images are as they are; and what its patients can show, before anything is trained.
 */
export function tellChanges(study: ToldStudy): void {
  const rows = listChanges(study);
  const { profile, dataset, name } = study;
  if (rows.length > 0) showTable(rows, { caption: `${name}: the profile "${profile}" on ${dataset}, changed` });
  else showText(`${name}: the profile "${profile}" on ${dataset}, as it stands.`);
  const power = study.power === undefined ? [] : tellPower(study.power);
  showText([...(study.notices ?? []), ...power].map((notice) => `· ${notice}`));
}

function rowsOf(
  path: string,
  base: unknown,
  changed: unknown,
  filledBase: unknown,
  filledChanged: unknown,
): Record<string, TableCell>[] {
  if (canonicalJson(filledBase) === canonicalJson(filledChanged)) return [];
  const whole =
    !isPlainObject(base) || !isPlainObject(changed) || base.kind !== changed.kind || !isPlainObject(filledChanged);
  if (whole) {
    const said = filledBase === undefined ? base : filledBase;
    return [{ setting: path, profile: say(said), "this study": say(changed) }];
  }
  return [...new Set([...Object.keys(base), ...Object.keys(changed)])].sort().flatMap((key) => {
    const within = [base, changed, filledBase, filledChanged].map((data) =>
      isPlainObject(data) ? data[key] : undefined,
    );
    return rowsOf(path === "" ? key : `${path}.${key}`, ...(within as [unknown, unknown, unknown, unknown]));
  });
}

function say(value: unknown): TableCell {
  if (value === null || value === undefined) return "none";
  return typeof value === "object" ? JSON.stringify(value).replaceAll(/([,:])(?=\S)/g, "$1 ") : (value as TableCell);
}
