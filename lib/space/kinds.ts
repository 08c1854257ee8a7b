import { closest } from "fastest-levenshtein";

import { Problem } from "../runtime/problem";
import type { SpaceKind } from "./kind";
import type { MacroArchitecture, MacroSpace } from "./macro/architecture";
import { macroKind } from "./macro/kind";
import type { MacroSettings } from "./macro/settings";
import type { MicroArchitecture, MicroSpace } from "./micro/architecture";
import { microKind } from "./micro/kind";
import type { MicroSettings } from "./micro/settings";
import type { ShapeArchitecture, ShapeSpace } from "./shape/architecture";
import { shapeKind } from "./shape/kind";
import type { ShapeSettings } from "./shape/settings";

/** Which architectures there are: plain data with a version, to be kept in records. */
export type Space = MicroSpace | MacroSpace | ShapeSpace;

/** A network that a search can find. */
export type Architecture = MicroArchitecture | MacroArchitecture | ShapeArchitecture;

/** What makes a network of an architecture, apart from the architecture: settings of one of the kinds. */
export type NetworkSettings = MicroSettings | MacroSettings | ShapeSettings;

/** All kinds of spaces, by name. */
export const spaceKinds = { micro: microKind, macro: macroKind, shape: shapeKind } as const;

/** The entry of a kind, for spaces, architectures and settings that are known to be of it. */
export type AnyKind = SpaceKind<Space, Architecture, NetworkSettings>;

/**
 * Finds the kind of a space or an architecture.
 *
 * @param value The space or the architecture, of a file for example.
 * @param what What it is: "space".
 * @returns The kind's entry.
 * @throws {Problem} Where there is no such kind.
 */
export function kindOf(value: { readonly kind: Space["kind"] }, what = "architecture"): AnyKind {
  const kind: unknown = (value as { kind?: unknown } | null)?.kind;
  if (typeof kind === "string" && Object.hasOwn(spaceKinds, kind)) return spaceKinds[kind as Space["kind"]];
  const known = Object.keys(spaceKinds);
  throw new Problem(
    `The kind of ${what === "architecture" ? "an" : "a"} ${what} is ${kind === undefined ? "not given" : JSON.stringify(kind)}, expected ${known.map((name) => `"${name}"`).join(" or ")}.`,
    typeof kind === "string" ? `Did you mean "${closest(kind, known)}"?` : `Give { kind: "${known[0]!}", … }.`,
  );
}
