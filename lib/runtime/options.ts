import * as v from "valibot";

import { nearestOf } from "./nearest";
import { Problem } from "./problem";
import { describeShape, placeOf, say } from "./schema-places";

/**
 * Checks options by a schema, and fills in the defaults that it has. A misspelt key would otherwise be a setting that is
 * silently not applied: make objects with `v.strictObject`, which has no keys but its own.
 *
 * A schema's own message is what was expected: `v.check(isDate, "a date")`. Objects and lists are made anew, so that what
 * is given stays the caller's; all else is passed through.
 *
 * @param name What the options are for, as the message should name it: "startProgress", "A search".
 * @param given What was given; an option that is undefined takes its default.
 * @throws {Problem} Where something is not as the schema wants it: the message names its path, its value and what was
 *   expected, and for a key that is no option the nearest that is one.
 */
export function checkOptions<Schema extends v.GenericSchema>(
  name: string,
  schema: Schema,
  given: unknown,
): v.InferOutput<Schema> {
  return checked(name, "option", schema, given, null);
}

/**
 * Checks plain data that was read from a file, as {@link checkOptions} checks options.
 *
 * @param file The file, as the message should name it.
 * @param schema What the data has to be; `v.object` leaves out keys that it does not know, `v.looseObject` keeps them.
 * @param fix What to do about a file that is not as it should be.
 * @throws {Problem} Where something is not as the schema wants it: the message names the file, the path in it, the value
 *   and what was expected.
 */
export function checkStored<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
  data: unknown,
  fix: string,
): v.InferOutput<Schema> {
  return checked(file, "key", schema, data, fix);
}

function checked<Schema extends v.GenericSchema>(
  name: string,
  word: "option" | "key",
  schema: Schema,
  given: unknown,
  fix: string | null,
): v.InferOutput<Schema> {
  // An empty message marks an issue without words of its own: they are made of the schema.
  const { success, output, issues } = v.safeParse(schema, given, { message: "" });
  if (success) return output;
  // What is missing, or not as it should be, may be the key that is misspelt: that comes first.
  const issue = foremost(issues.map(innermost));
  const keys = (issue.path ?? []).map(({ key }) => key);
  const value = issue.path ? issue.path.at(-1)!.value : issue.input;
  const { path, shape, owner, kind, optional, nullable } = placeOf(schema, given, keys);
  const whole = (at: string) => `${name} ${at === "" ? "is" : `has ${at}:`}`;
  const within = issue.path?.at(-1)?.input;
  if (Array.isArray(within) && owner.shape.entries) {
    throw new Problem(
      `${whole(owner.path)} ${say(within)}, expected ${describeShape(owner.shape)}.`,
      fix ?? "Correct it.",
    );
  }
  if (isUnknownKey(issue)) {
    const takes = Object.keys(owner.shape.entries ?? {});
    throw new Problem(
      `${name} has no ${word} "${path}"${kind}.`,
      `${nearest(path, takes)}${owner.path === "" ? "It" : owner.path} takes ${takes.join(", ") || "none"}.`,
    );
  }
  const expected = `${issue.message || describeShape(shape)}${nullable ? ", or null" : ""}${kind}`;
  if (value === undefined && (issue.type === "variant" || issue.path?.at(-1)?.origin === "key")) {
    throw new Problem(`${name} lacks ${path}, expected ${expected}.`, fix ?? "Give it.");
  }
  const choices =
    shape?.type === "picklist" ? shape.options!.filter((one): one is string => typeof one === "string") : [];
  const meant = typeof value === "string" ? nearestOf(value, choices) : null;
  throw new Problem(
    `${whole(path)} ${say(value)}, expected ${expected}.`,
    fix ?? `${meant === null ? "" : `Did you mean "${meant}"? `}Correct it${optional ? ", or leave it out" : ""}.`,
  );
}

const isUnknownKey = (issue: v.BaseIssue<unknown>) => issue.type === "strict_object" && issue.expected === "never";

// Asks whether the last key of a path was meant to be another, unless none is like it.
function nearest(path: string, known: readonly string[]): string {
  const start = path.lastIndexOf(".") + 1;
  const meant = nearestOf(path.slice(start), known);
  return meant !== null ? `Did you mean "${path.slice(0, start)}${meant}"? ` : "";
}

const foremost = (issues: readonly v.BaseIssue<unknown>[]) => issues.find(isUnknownKey) ?? issues[0]!;

// Where one of several things is expected and what was given resembles one of them: what is wrong with that.
function innermost(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const within = issue.issues?.filter(({ path }) => path !== undefined).map(innermost) ?? [];
  if (within.length === 0) return issue;
  const one = foremost(within);
  return { ...one, path: [...(issue.path ?? []), ...one.path!] as [v.IssuePathItem, ...v.IssuePathItem[]] };
}
