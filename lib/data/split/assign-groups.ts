import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";
import { labels, type Label } from "../records/record";
import { sortGroups, type Group } from "./groups";

/** A part to be filled. */
export interface PartToFill {
  /** Its name in messages: "fold 3", "validation". */
  readonly name: string;
  /** Its share of the images, above 0; the shares of all parts add up to 1. */
  readonly share: number;
}

/** What has been put into a part: images of each class, and groups by their class. */
interface Filling {
  readonly images: Record<Label, number>;
  readonly groups: Record<Label, number>;
}

/**
 * Spreads groups over parts, so that each part has its share of every class: groups go one after another, larger ones first
 * and otherwise in random order, to the part where they bring the numbers of images closest to its share, measured by the
 * sum of (found - wanted)² / wanted over parts and classes. This is the idea of scikit-learn's StratifiedGroupKFold, for
 * parts of any share. No group is split, and every part gets at least one group of each class.
 *
 * @param groups The groups. The result does not depend on their order.
 * @throws {Problem} Where a class has fewer groups than there are parts.
 */
export function assignGroups(
  groups: readonly Group[],
  parts: readonly PartToFill[],
  random: RandomGenerator,
): Group[][] {
  const present = labels.filter((label) => groups.some((group) => group.label === label));
  for (const label of present) checkEnough(groups, label, parts);

  const totals = noImages();
  for (const group of groups) add(totals, group);
  const left = { ...totals.groups };
  const filled = parts.map(noImages);
  const assigned = parts.map((): Group[] => []);
  for (const group of inOrder(groups, random)) {
    // The last groups of a class are kept for the parts that have none yet.
    const lacking = parts.map((_, index) => index).filter((index) => filled[index]!.groups[group.label] === 0);
    const open = left[group.label] <= lacking.length ? lacking : parts.map((_, index) => index);
    const costs = open.map((index) => costOf(group, filled[index]!, totals, parts[index]!.share));
    const best = open[costs.indexOf(Math.min(...costs))]!;
    assigned[best]!.push(group);
    add(filled[best]!, group);
    left[group.label] -= 1;
  }
  return assigned;
}

function checkEnough(groups: readonly Group[], label: Label, parts: readonly PartToFill[]): void {
  const own = groups.filter((group) => group.label === label);
  if (own.length >= parts.length) return;
  const images = own.reduce((sum, group) => sum + group.ids.length, 0);
  throw new Problem(
    `The class ${label} has ${own.length} ${own.length === 1 ? "group" : "groups"} of images that belong together (${images} images) for ${parts.length} parts: ${parts.map(({ name }) => name).join(", ")}.`,
    "Ask for fewer parts, or use more images.",
  );
}

// Sorted first, so that the same groups in another order are drawn alike.
function inOrder(groups: readonly Group[], random: RandomGenerator): Group[] {
  return random.shuffled(sortGroups(groups)).sort((a, b) => b.ids.length - a.ids.length);
}

// By how much a part comes to differ more from its share when a group is added: below 0 where it comes closer.
function costOf(group: Group, part: Filling, totals: Filling, share: number): number {
  const change = (found: number, more: number, all: number) => {
    const wanted = share * all;
    return ((found + more - wanted) ** 2 - (found - wanted) ** 2) / wanted;
  };
  const classes = labels.reduce((sum, label) => {
    const more = group.counts[label] ?? 0;
    return more === 0 ? sum : sum + change(part.images[label], more, totals.images[label]);
  }, 0);
  // Where the classes leave a choice, the part with fewer images takes it.
  return classes + 0.01 * change(sumOf(part.images), group.ids.length, sumOf(totals.images));
}

function noImages(): Filling {
  const none = { benign: 0, malignant: 0, normal: 0 };
  return { images: { ...none }, groups: { ...none } };
}

function add(filling: Filling, group: Group): void {
  for (const label of labels) filling.images[label] += group.counts[label] ?? 0;
  filling.groups[group.label] += 1;
}

function sumOf(counts: Readonly<Record<Label, number>>): number {
  return counts.benign + counts.malignant + counts.normal;
}
