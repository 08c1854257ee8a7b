import { readText } from "../files/read-whole";
import { Problem } from "../runtime/problem";
import { isPlainObject, parseJson } from "../runs/json";
import type { StudyChoice } from "./changes";
import type { ProfileName } from "./study-settings";

/** The options of a command line that choose a study, as `parseArgs` takes them. */
export const studyOptions = {
  profile: { type: "string" },
  dataset: { type: "string" },
  set: { type: "string", multiple: true },
  changes: { type: "string" },
} as const;

/** What a command line says of the study; undefined where an option is not there. */
export interface GivenStudy {
  readonly profile?: string | undefined;
  readonly dataset?: string | undefined;
  /** Each `--set`: "search.options.epochs=40". */
  readonly set?: readonly string[] | undefined;
  /** `--changes`: a file. */
  readonly changes?: string | undefined;
}

/** The lines of a command's help that say how a study is chosen. */
export const studyUsage = `  --profile PROFILE  default: smoke
  --dataset SET      a data set that \`npm run data -- list\` names, also one that you brought in; default: phantom
  --set PATH=VALUE   a setting that is to be otherwise than in the profile, as often as there are such:
                     --set search.options.epochs=40 --set 'seeds=[1,2]'; the value is JSON, else a text
  --changes FILE     a JSON file with such settings: {"search": {"options": {"epochs": 40}}}; --set comes after it`;

/**
 * Makes a choice of a study of what a command line says.
 *
 * @returns The choice, not checked yet; null where nothing is said of a study.
 * @throws {Problem} Where an option has no value, or the changes cannot be read.
 */
export function readStudyOptions(given: GivenStudy): StudyChoice | null {
  const { profile, dataset, set = [], changes: file } = given;
  for (const [option, value] of Object.entries({ profile, dataset, changes: file }))
    if (value === "") throw new Problem(`--${option} has no value.`, "Give one, or leave it out; see --help.");
  if (profile === undefined && dataset === undefined && set.length === 0 && file === undefined) return null;
  const changes = set.reduce<Tree>(
    (tree, text) => setIn(tree, readSetting(text)),
    file === undefined ? {} : read(file),
  );
  return {
    profile: (profile ?? "smoke") as ProfileName,
    dataset: dataset ?? "phantom",
    ...(Object.keys(changes).length === 0 ? {} : { changes }),
  };
}

/** Writes the options that choose a study, for who is to do it again: "--profile smoke --set 'seeds=[1,2]'". */
export function writeStudyOptions({ profile, dataset, changes = {} }: StudyChoice): string {
  const settings = leavesOf("", changes).map(([path, value]) => `--set ${quote(`${path}=${JSON.stringify(value)}`)}`);
  return [`--profile ${profile}`, `--dataset ${quote(dataset)}`, ...settings].join(" ");
}

function leavesOf(path: string, value: unknown): [string, unknown][] {
  // One of several kinds is replaced as a whole, and so is what is empty.
  const whole = !isPlainObject(value) || value.kind !== undefined || Object.keys(value).length === 0;
  if (whole) return path === "" ? [] : [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(path === "" ? key : `${path}.${key}`, inner));
}

// For the shells of Unix.
const quote = (text: string) => (/^[\w=.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);

type Tree = Readonly<Record<string, unknown>>;

/** A value, and the keys that lead to it. */
interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
}

function readSetting(text: string): Setting {
  const place = text.indexOf("=");
  const path = text.slice(0, Math.max(0, place)).split(".");
  if (path.some((key) => !/^\w+$/.test(key) || key === "__proto__")) {
    throw new Problem(
      `--set has ${JSON.stringify(text)}, expected the path of a setting, "=" and its value.`,
      "For example: --set search.options.epochs=40",
    );
  }
  const value = text.slice(place + 1);
  try {
    return { path, value: parseJson(value) };
  } catch {
    return { path, value };
  }
}

function setIn(tree: Tree, { path: [key, ...rest], value }: Setting): Tree {
  const inner = tree[key!];
  const changed = rest.length === 0 ? value : setIn(isPlainObject(inner) ? inner : {}, { path: rest, value });
  return { ...tree, [key!]: changed };
}

function read(file: string): Tree {
  const text = readText(file);
  try {
    const data = parseJson(text);
    if (isPlainObject(data)) return data;
  } catch {
    // Told below, with what to do.
  }
  throw new Problem(`${file} is no JSON object.`, 'Write changes as {"search": {"options": {"epochs": 40}}}.');
}
