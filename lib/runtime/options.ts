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
