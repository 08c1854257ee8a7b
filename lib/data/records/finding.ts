import { Problem } from "../../runtime/problem";

/**
 * What is noticed about a data set: an `error` makes an image unusable or its label doubtful, a `warning` can make a study
 * wrong, a `note` is good to know.
 */
export interface Finding {
  readonly severity: "error" | "warning" | "note";
  /** What was looked for, in a few words of fixed form: "mask of another size". */
  readonly check: string;
  /** The file, relative to the set's folder where it lies in it; undefined where no single file is meant. */
  readonly file?: string;
  /** The images concerned, by id; empty where the set as a whole is meant. */
  readonly images: readonly string[];
  /** What is wrong: the thing, its value, and what was expected, as one sentence. */
  readonly message: string;
}

/**
 * Makes the error that stops a load, from what was found.
 *
 * @returns A problem that states the first and counts the others.
 */
export function problemOf(
  set: { readonly name: string; readonly title: string },
  findings: readonly Finding[],
): Problem {
  const others = findings.length > 1 ? ` There are ${findings.length - 1} more like this or other errors.` : "";
  return new Problem(
    `${set.title}: ${findings[0]!.message}${others}`,
    `Mend the files; or leave these images out and count them: --set onError=leave-out for a study, { onError: "leave-out" } in a cell that loads the set. npm run data -- audit ${set.name} lists all.`,
  );
}
