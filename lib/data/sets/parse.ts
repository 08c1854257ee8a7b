import { Problem } from "../../runtime/problem";
import { labelOfWord } from "../own/class-words";
import { labels, type Label } from "../records/record";

/**
 * Reads a label as a table writes it; upper and lower case are the same.
 *
 * @param place Where, as the message should name it.
 * @throws {Problem} Where it is none; the one that it means in another language is named.
 */
export function parseLabel(text: string, place: string): Label {
  const plain = text.trim().toLowerCase();
  const label = labels.find((known) => known === plain);
  if (label !== undefined) return label;
  // Never the nearest by its letters: "malign" is nearer to "benign" than to "malignant".
  const meant = labelOfWord(text);
  throw new Problem(
    `${place}: the label is "${text}", expected one of ${labels.join(", ")}.`,
    meant === null ? "Correct the file." : `Did you mean "${meant}"? Correct the file.`,
  );
}

/**
 * Reads a number as a table writes it, with a decimal point or comma.
 *
 * @returns The number; undefined where there is none: empty, "not available", "-".
 */
export function parseNumber(text: string | undefined): number | undefined {
  const plain = text?.trim().replace(",", ".") ?? "";
  const value = Number(plain);
  return plain === "" || !Number.isFinite(value) ? undefined : value;
}

/**
 * Reads a text as a table writes it.
 *
 * @returns The text; undefined where there is none: empty, "not applicable", "NaN".
 */
export function parseText(text: string | undefined): string | undefined {
  const plain = text?.trim() ?? "";
  return /^(|nan|n\/a|na|none|not available|not applicable|-)$/i.test(plain) ? undefined : plain;
}
