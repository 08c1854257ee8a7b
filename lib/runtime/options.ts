import { closest } from "fastest-levenshtein";

import { Problem } from "./problem";

/**
 * Fills options with their defaults and refuses keys that are not options: a misspelt one would otherwise be a setting
 * that is silently not applied.
 *
 * @param name What the options are for, as the message should name it: "startProgress".
 * @param given The options that were passed.
 * @param defaults Every option with its default; `undefined` where an option has none.
 * @returns The defaults, replaced by the given values that are not `undefined`.
 * @throws {Problem} Where a key is not among the defaults; the nearest one is named.
 */
export function withDefaults<Options extends object>(
  name: string,
  given: Partial<Options>,
  defaults: Options,
): Options {
  const known = Object.keys(defaults);
  const filled: Options = { ...defaults };
  for (const [key, value] of Object.entries(given)) {
    if (!known.includes(key)) {
      throw new Problem(
        `${name} has no option "${key}".`,
        `Did you mean "${closest(key, known)}"? It takes ${known.join(", ")}.`,
      );
    }
    if (value !== undefined) Object.assign(filled, { [key]: value });
  }
  return filled;
}

/**
 * Makes sure that options are whole numbers.
 *
 * @param name What the options are for, as the message should name it.
 * @param options The options.
 * @param least The least value of each that is checked, by its key.
 * @throws {Problem} Where one is no whole number, or below its least value.
 */
export function requireWholeNumbers<Options extends object>(
  name: string,
  options: Options,
  least: Readonly<Partial<Record<keyof Options, number>>>,
): void {
  for (const [key, from] of Object.entries(least) as [keyof Options & string, number][]) {
    const value: unknown = options[key];
    if (Number.isSafeInteger(value) && (value as number) >= from) continue;
    // Texts in quotation marks: "3" is not 3.
    const said = typeof value === "number" ? String(value) : JSON.stringify(value);
    throw new Problem(
      `${name} has ${key}: ${said}, expected a whole number from ${from}.`,
      "Correct it, or leave it out.",
    );
  }
}
