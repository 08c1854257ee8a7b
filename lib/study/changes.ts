import { canonicalJson } from "../files/canonical-json";
import { isPlainObject } from "../runs/json";
import { hashJson } from "../runs/sealed-json";
import { presets } from "../space/presets";
import type { FilledSettings, ProfileName, StudySettings } from "./study-settings";

/** What of something is changed: any of its keys, at any depth. Lists are replaced as a whole. */
export type Changes<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]?: Changes<Value[Key]> }
    : Value;

/**
 * What a study is set to otherwise than its profile: `{ search: { options: { epochs: 40 } } }`.
 *
 * Objects are changed key by key, lists replaced as a whole. Where there are several kinds of something, an object that names
 * its `kind` replaces all of it, and takes the defaults of that kind; one without changes what is there. A limit in processor seconds takes
 * the place of one in trainings, and the other way round. `network` changes
 * the networks that are trained from scratch, from what they are: those of the search, where the profile has null. A space of
 * another kind brings the default settings of its networks along.
 */
export type StudyChanges = Changes<Omit<StudySettings, "profile" | "purpose">>;

/** Which study: what is done, on which images, and what is done otherwise than the profile says. */
export interface StudyChoice {
  readonly profile: ProfileName;
  /** The data set: "phantom", "bus-bra" or another of its names, a folder of one's own. */
  readonly dataset: string;
  /** What is set otherwise than in the profile; default: nothing. */
  readonly changes?: StudyChanges;
}

type Data = Readonly<Record<string, unknown>>;

/**
 * Applies changes to the settings of a profile.
 *
 * @param changes The changes; what they hold is not checked.
 * @returns The changed settings, of which nothing is shared with the changes.
 */
export function applyChanges(settings: StudySettings, changes: StudyChanges): StudySettings {
  const { network, ...others } = structuredClone(changes) as Data;
  const space = ["search", "options", "space"].reduce<unknown>((data, key) => ownOf(data, key), others);
  const changed = merge(fitting(settings, space), others) as StudySettings;
  if (network === undefined) return changed;
  return { ...changed, network: merge(networkOf(changed), network) as StudySettings["network"] };
}

// Settings of networks are those of a kind of space: with a space of another kind, its defaults take their place.
function fitting<Settings extends StudySettings>(settings: Settings, space: unknown): Settings {
  const { options } = settings.search;
  const kind = ownOf(space, "kind");
  if (kind === undefined || kind === (options.space ?? presets.small.space).kind) return settings;
  return { ...settings, network: null, search: { ...settings.search, options: { ...options, network: {} } } };
}

// Of a limit that may be in one of two units, the one that is given takes the place of the other.
const units: readonly string[] = ["cpuSeconds", "trainings"];
const excludeEachOther = (one: string, other: string) => one !== other && units.includes(one) && units.includes(other);

function merge(base: unknown, change: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(change) || change.kind !== undefined) return change;
  const changed = Object.entries(change).filter(([, value]) => value !== undefined);
  const kept = Object.entries(base).filter(([key]) => !changed.some(([other]) => excludeEachOther(key, other)));
  return Object.fromEntries([...kept, ...changed.map(([key, value]) => [key, merge(ownOf(base, key), value)])]);
}

/**
 * Writes changes in one way only: what is as the profile has it is left out, keys come in alphabetical order. What changes no
 * result, such as the number of processes, is left out as well.
 *
 * @param profile The settings of the profile, as they are and with every default filled in.
 * @param changed The changed settings, likewise.
 * @returns The changes, which lead from the one to the other; empty where nothing is changed.
 */
export function canonicalChanges(
  profile: { readonly given: StudySettings; readonly filled: FilledSettings },
  changed: { readonly given: StudySettings; readonly filled: FilledSettings },
): StudyChanges {
  const { space } = changed.given.search.options;
  const [given, filledProfile] = [fitting(profile.given, space), fitting(profile.filled, space)];
  const { network: profileNetwork, ...base } = decisive(given);
  const { network, ...others } = decisive(changed.given);
  const rest = difference(base, others, filledProfile, changed.filled) as Data | undefined;
  // Without a change of its own, the network is what the profile makes of the changed search.
  const own = profileNetwork ?? changed.given.search.options.network ?? {};
  const same = profileNetwork === null && network === null;
  const ofNetwork = same ? undefined : difference(own, network, own, network);
  const changes = { ...rest, ...(ofNetwork === undefined ? {} : { network: ofNetwork }) };
  return JSON.parse(canonicalJson(changes)) as StudyChanges;
}

/** Leaves out of settings what changes no result: what is said of a profile, and how many processes work. */
export function decisive<Settings extends StudySettings>({
  purpose: _purpose,
  workers: _workers,
  ...others
}: Settings): Omit<Settings, "purpose" | "workers"> {
  return others;
}

/**
 * Names changes by eight letters and digits, for the name of a folder.
 *
 * @param changes The changes, from {@link canonicalChanges}.
 * @returns The beginning of their SHA-256; null where nothing is changed.
 */
export function hashOfChanges(changes: StudyChanges): string | null {
  return Object.keys(changes).length === 0 ? null : hashJson(changes).slice(0, 8);
}

/** Gives what is trained from scratch has in common: settings of its own, or those of the search. */
function networkOf({ network, search }: StudySettings): unknown {
  return network ?? search.options.network ?? {};
}

// What is filled in tells what is the same; what was given is what stands in the changes.
function difference(base: unknown, changed: unknown, filledBase: unknown, filledChanged: unknown): unknown {
  if (canonicalJson(filledBase) === canonicalJson(filledChanged)) return undefined;
  if (!isPlainObject(base) || !isPlainObject(changed)) return changed;
  if (base.kind !== changed.kind) return changed;
  // Of the same kind, and replaced as a whole: what it lacks has gone back to its default.
  if (changed.kind !== undefined && Object.keys(base).some((key) => !Object.hasOwn(changed, key))) return changed;
  const within = Object.keys(changed).flatMap((key) => {
    const one = difference(ownOf(base, key), changed[key], ownOf(filledBase, key), ownOf(filledChanged, key));
    return one === undefined ? [] : [[key, one] as const];
  });
  return within.length === 0 ? undefined : Object.fromEntries(within);
}

function ownOf(data: unknown, key: string): unknown {
  return isPlainObject(data) && Object.hasOwn(data, key) ? data[key] : undefined;
}
