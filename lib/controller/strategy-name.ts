import * as v from "valibot";

import { folderNameOf } from "../files/folder-name";
import { strategies } from "./strategies";
import type { StrategyDefinition } from "./strategy-definition";

/** A strategy as it was chosen; its settings, which it has beside these, matter to nobody here. */
export interface ChosenStrategy {
  /** Which: "enas". */
  readonly kind: string;
  /** The name that it was given; without one it has its title. */
  readonly name?: string | undefined;
}

/**
 * Names a strategy: in tables, figures and sentences.
 *
 * @param strategy The strategy, of a search's options or of its record.
 * @returns The name that it was given, else the title of its kind: "ENAS", "uniform policy", "evolution".
 */
export function nameOfStrategy({ kind, name }: ChosenStrategy): string {
  const known: Readonly<Record<string, StrategyDefinition>> = strategies;
  return name ?? (Object.hasOwn(known, kind) ? known[kind]!.title : kind);
}

/**
 * Names a strategy as a part of the names of folders and files.
 *
 * @returns Lower-case letters, digits and hyphens: "enas"; of the name that it was given where it has one.
 */
export function slugOfStrategy({ kind, name }: ChosenStrategy): string {
  return name === undefined ? kind : folderNameOf(name);
}

/**
 * A name that tables, figures and folders can carry.
 *
 * @returns The schema.
 */
export function strategyName() {
  const written = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,+()×'_-]{0,39}$/u;
  return v.custom<string>(
    (given) =>
      typeof given === "string" &&
      written.test(given) &&
      !given.endsWith(" ") &&
      // Folders are named by what is left of it in Latin letters.
      /[a-z0-9]/i.test(given.normalize("NFKD")),
    "a name of up to 40 letters, digits, spaces and . , + ( ) × ' _ - with at least one of a to z or 0 to 9",
  );
}
