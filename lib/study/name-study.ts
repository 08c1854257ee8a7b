import { existsSync } from "node:fs";
import { join } from "node:path";

import { findDataSet } from "../data/sets/registry";
import { dataRoot, resultsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { isPlainObject } from "../runs/json";
import { applyChanges, canonicalChanges, hashOfChanges, type StudyChanges, type StudyChoice } from "./changes";
import { foundBy, type FoundBy } from "./found-by";
import { layout, placeIn, placeOf, type StudyPlace } from "./layout";
import { otherModelsOf, requireFittingSettings } from "./fitting-settings";
import { settingsOf } from "./settings-of";
import { checkStudySettings, type ProfileName, type StudySettings } from "./study-settings";

/** A study that is chosen: its settings, its name and its folder. Nothing was read of its images yet. */
export interface NamedStudy extends Required<StudyChoice>, StudyPlace {
  /** All that it is set to: its profile with the changes. They cannot be changed any more. */
  readonly settings: StudySettings;
  /** Its name, which is that of its folder in `results`: "bus-bra-quick", "bus-bra-quick+0a1b2c3d" with changes. */
  readonly name: string;
  /** By what it finds its networks. */
  readonly found: FoundBy;
}

/**
 * Finds out which study is chosen. Whatever name of the data set was given, and in whatever order and fullness the changes were
 * written, equal studies have equal names, settings and changes.
 *
 * @param root The folder with all results; default: the project's.
 * @returns The study; nothing is written.
 * @throws {Problem} Where there is no such profile or data set, a key of the changes is unknown, a value out of range, or
 *   settings do not fit each other.
 */
export function nameStudy({ profile, dataset, changes = {} }: StudyChoice, root: string = resultsRoot): NamedStudy {
  const set = nameDataSet(dataset, profile, root);
  const base = settingsOf({ profile, dataset: set });
  refuseLabels(changes);
  const given = applyChanges(base, changes);
  const filled = checkStudySettings(given);
  const canonical = canonicalChanges({ given: base, filled: checkStudySettings(base) }, { given, filled });
  const settings = { ...applyChanges(base, canonical), workers: given.workers };
  requireFittingSettings(settings);
  requireReference(settings, canonical);
  refuseIdleOptions(settings, canonical);
  const hash = hashOfChanges(canonical);
  const name = `${set}-${profile}${hash === null ? "" : `+${hash}`}`;
  return {
    ...{ profile, dataset: set, changes: freeze(canonical), settings: freeze(structuredClone(settings)), name },
    found: foundBy({ settings }),
    ...placeIn(join(root, name)),
  };
}

/**
 * Gives the choice that leads to a study, to be kept or handed on.
 *
 * @returns Profile, data set and changes, those among them that change no result.
 */
export function choiceOf({ profile, dataset, changes, settings }: NamedStudy): Required<StudyChoice> {
  const { workers } = settings;
  const more = workers === settingsOf({ profile, dataset }).workers ? {} : { workers };
  return { profile, dataset, changes: { ...changes, ...more } };
}

// A reference that was asked for by name must be there; where the networks alone were changed, the report says that it is not.
function requireReference(settings: StudySettings, changes: StudyChanges): void {
  const reference = settings.primary?.reference;
  const there = otherModelsOf(settings);
  if (changes.primary?.reference === undefined || reference === undefined || there.includes(reference)) return;
  throw new Problem(
    `The study has primary.reference: "${reference}", which is none of its models: ${there.join(", ")}.`,
    "Give one of these, or add it to handCrafted.",
  );
}

// What a search by trials does not look at would be changed on the record, and change nothing.
function refuseIdleOptions({ search, profile }: StudySettings, { search: changes }: StudyChanges): void {
  if ((search.trials ?? null) === null) return;
  const idle = Object.keys(changes?.options ?? {}).find((key) => key !== "space" && key !== "network");
  if (idle === undefined) return;
  throw new Problem(
    `The changes have search.options.${idle}, and the study of the profile ${profile} searches by trials, which has space and network from there and nothing else.`,
    `Change search.trials instead${idle === "strategy" ? ': { strategy: "evolution" }' : ""}, or give search.trials: null to search with shared weights and a controller.`,
  );
}

function nameDataSet(dataset: string, profile: ProfileName, root: string): string {
  // It names the folder of the results too.
  if (typeof dataset !== "string" || dataset === "" || /[/\\]|^\./.test(dataset)) {
    throw new Problem(
      `${JSON.stringify(dataset)} is no name of a data set.`,
      "`npm run data -- list` names those that there are; `npm run data -- import NAME PATH` brings in a folder of your own.",
    );
  }
  const { name } = findDataSet(dataset, dataRoot());
  // Studies were named by whatever name was typed, once: one that was begun so goes on so.
  const isThere = (own: string) => existsSync(placeOf(placeIn(join(root, `${own}-${profile}`)), "facts"));
  return dataset !== name && isThere(dataset) && !isThere(name) ? dataset : name;
}

function refuseLabels(changes: unknown): void {
  if (!isPlainObject(changes)) {
    throw new Problem(
      `The changes are ${JSON.stringify(changes)}, expected an object.`,
      "Give { seeds: [1, 2] }, for example.",
    );
  }
  const label = ["profile", "purpose"].find((key) => Object.hasOwn(changes, key));
  if (label === undefined) return;
  throw new Problem(
    `The changes have ${label}, which says which profile they begin with.`,
    label === "profile"
      ? "Name the profile beside the changes, and leave it out of them."
      : `Leave it out; ${layout.facts.place} keeps the changes themselves.`,
  );
}

/** Makes plain data unchangeable, to the last object. */
function freeze<Data>(data: Data): Data {
  if (typeof data === "object" && data !== null && !Object.isFrozen(data)) {
    Object.freeze(data);
    for (const value of Object.values(data)) freeze(value);
  }
  return data;
}
