import { relative } from "node:path";

import { controlOf, foundBy, titleOfControl } from "../found-by";
import { controlFolder, deriveFolder, searchFolder } from "../layout";
import type { PlannedStudy } from "./step";

/** A search of a study, with the names of the units that belong to it. */
export interface PlannedSearch {
  /** Its strategy, for people: "ENAS". */
  readonly title: string;
  /** The same as a part of folders' names. */
  readonly slug: string;
  readonly seed: number;
  /** Whether the winner comes from it; false: it stands beside the study's own as a control. */
  readonly own: boolean;
  /** The unit that searches. */
  readonly searched: string;
  /** The unit that derives its winner. */
  readonly derived: string;
  /** The unit of its random control; null where it has none of its own. */
  readonly control: string | null;
}

/** Gives the name of a unit from the place of its folder. */
export function nameOf(study: Pick<PlannedStudy, "path">, folder: string): string {
  return relative(study.path(), folder).replaceAll("\\", "/");
}

/** Lists a study's searches: its own in the order of their seeds, and last the one that is a control, unless the study's own is that. */
export function searchesOf(study: Pick<PlannedStudy, "path" | "settings">): PlannedSearch[] {
  const { name, slug } = foundBy(study);
  const control = controlOf(study);
  const { seeds } = study.settings.search;
  const one = (title: string, strategy: string, seed: number, own: boolean): PlannedSearch => ({
    ...{ title, slug: strategy, seed, own },
    searched: nameOf(study, searchFolder(study, seed, strategy)),
    derived: nameOf(study, deriveFolder(study, seed, strategy)),
    control: own ? nameOf(study, controlFolder(study, seed)) : null,
  });
  return [
    ...seeds.map((seed) => one(name, slug, seed, true)),
    ...(control === null ? [] : [one(titleOfControl(control), control.slug, seeds[0]!, false)]),
  ];
}
