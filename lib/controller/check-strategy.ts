import * as v from "valibot";

import { checkOptions } from "../runtime/options";
import { folderNameOf } from "../files/folder-name";
import { strategies } from "./strategies";
import type { StrategyDefinition } from "./strategy-definition";
import { strategyName } from "./strategy-name";

type Strategies = typeof strategies;

/** The options of a strategy that may be left out, and those that may not. */
type GivenOptions<Definition> = Definition extends { readonly options: infer Entries extends v.ObjectEntries }
  ? Readonly<v.InferInput<v.StrictObjectSchema<Entries, undefined>>>
  : never;

/** A strategy of the library as it is chosen: its kind, a name if it is to have one, and the options that differ. */
export type LibraryStrategy = {
  [Kind in keyof Strategies]: {
    /** Which strategy. */
    readonly kind: Kind;
    /** What tables, figures and folders call it; default: its title. */
    readonly name?: string | undefined;
  } & GivenOptions<Strategies[Kind]>;
}[keyof Strategies];

/** One's own strategy as it is chosen; see {@link StrategyDefinition}. */
export interface OwnStrategy {
  /** Which strategy: the kind of its definition. */
  readonly kind: string;
  /** What tables, figures and folders call it; default: the title of its definition. */
  readonly name?: string | undefined;
  /** The options that differ from the defaults of its definition. */
  readonly [option: string]: unknown;
}

/** Which strategy proposes architectures, and how. Plain data. */
export type StrategyOptions = LibraryStrategy | OwnStrategy;

/**
 * Finds the definition of a strategy.
 *
 * @param own One's own, beside those of the library; null: none.
 * @returns The definition; undefined where there is none of that kind.
 */
export function definitionOf(kind: string, own: StrategyDefinition | null): StrategyDefinition | undefined {
  return definitionsWith(own).find((one) => one.kind === kind);
}

/**
 * Makes the schema of a strategy as it is chosen: of the library, or one's own.
 *
 * @param own One's own, beside those of the library; null: none.
 * @returns The schema; it fills in defaults.
 * @throws {Problem} Where one's own has a kind or a title that is none, or that another has.
 */
export function strategySchema(
  own: StrategyDefinition | null = null,
): v.GenericSchema<StrategyOptions, StrategyOptions> {
  if (own !== null) checkDefinition(own);
  const all = definitionsWith(own);
  const schemas = all.map(({ kind, options }) =>
    v.strictObject({
      kind: v.literal(kind),
      name: v.optional(nameNotOf(all.filter((one) => one.kind !== kind))),
      ...options,
    }),
  );
  return v.variant("kind", schemas);
}

function definitionsWith(own: StrategyDefinition | null): readonly StrategyDefinition[] {
  return [...Object.values(strategies as Readonly<Record<string, StrategyDefinition>>), ...(own === null ? [] : [own])];
}

// Nobody shall read "ENAS" above what another strategy has found.
function nameNotOf(others: readonly StrategyDefinition[]) {
  const taken = others.flatMap(({ kind, title }) => [kind, folderNameOf(title)]);
  return v.pipe(
    strategyName(),
    v.check((name) => !taken.includes(folderNameOf(name)), "a name that no other strategy has"),
  );
}

function checkDefinition({ kind, title }: StrategyDefinition): void {
  const others = definitionsWith(null);
  const free = v.custom<string>(
    (given) =>
      typeof given === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(given) && others.every((one) => one.kind !== given),
    "lower-case letters, digits and hyphens, and none of the library's kinds",
  );
  checkOptions("One's own strategy", v.strictObject({ kind: free, title: nameNotOf(others) }), { kind, title });
}
