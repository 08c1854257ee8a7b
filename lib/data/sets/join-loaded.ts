import { Problem } from "../../runtime/problem";
import type { Inspection } from "../inspect/inspection";
import { findShared } from "../inspect/shared-images";
import type { Finding } from "../records/finding";
import type { ImageRecord } from "../records/record";
import type { DataSet } from "./data-set";
import { findingIn, idIn, recordIn } from "./joined-set";

/** What a loaded set brings to several. */
export interface LoadedPart {
  readonly set: DataSet;
  readonly records: readonly ImageRecord[];
  readonly inspections: readonly Inspection[];
  readonly leftOut: readonly ImageRecord[];
  readonly findings: readonly Finding[];
}

/** What becomes of images that two sets have. */
export interface JoinOptions {
  readonly onShared: "stop" | "leave-out";
  readonly onContradiction: "stop" | "leave-out" | "keep";
}

/** An image that two sets have. */
interface Shared {
  readonly earlier: string;
  readonly later: string;
  readonly correlation: number;
  readonly identical: boolean;
  /** Whether the two sets give it different labels. */
  readonly contradictory: boolean;
}

/**
 * Puts loaded sets together, and looks for images that two of them have, or that look alike: public sets share pictures, and the same
 * picture would stand in training and test.
 *
 * @param parts The sets, in the order of their names.
 * @returns The images of all. Of a shared one, the later set's is left out; where labels contradict each other, and this is asked for, both.
 * @throws {Problem} Where a set has one class alone, where sets share images and `stop` is asked for, or give them different labels.
 */
export function joinLoaded(
  parts: readonly LoadedPart[],
  { onShared, onContradiction }: JoinOptions,
): Omit<LoadedPart, "set"> {
  for (const part of parts) requireBothClasses(part);
  const all = parts.map(({ set: { name }, records, inspections, leftOut, findings }) => ({
    records: records.map((record) => recordIn(name, record)),
    inspections: inspections.map((inspection) => ({
      ...inspection,
      id: idIn(name, inspection.id),
      findings: inspection.findings.map((finding) => findingIn(name, finding)),
    })),
    leftOut: leftOut.map((record) => recordIn(name, record)),
    findings: findings.map((finding) => findingIn(name, finding)),
  }));
  const records = all.flatMap((part) => part.records);
  const inspections = all.flatMap((part) => part.inspections);
  const labels = new Map(records.map(({ id, label }) => [id, label]));
  const shared = all.flatMap((part, index): Shared[] => {
    const before = all.slice(0, index).flatMap((one) => one.inspections);
    return findShared(before, part.inspections).map(({ own, external, correlation, identical }) => ({
      ...{ earlier: own, later: external, correlation, identical },
      contradictory: labels.get(own) !== labels.get(external),
    }));
  });
  const contradictory = shared.filter((one) => one.contradictory);
  if (shared.length > 0 && onShared === "stop") {
    const other =
      contradictory.length === 0
        ? ""
        : ` ${contradictory.length} of them have another label there: ${tell(contradictory[0]!, labels)}.`;
    throw new Problem(
      `${shared.length} images stand in two of the sets, or look like one: ${tell(shared[0]!, labels)}, for example.${other} They would be learned from and tested.`,
      'Leave those of the later set out: --set onShared=leave-out for a study, { onShared: "leave-out" } in a cell.',
    );
  }
  if (contradictory.length > 0 && onContradiction === "stop") {
    throw new Problem(
      `${contradictory.length} images stand in two of the sets with different labels: ${tell(contradictory[0]!, labels)}, for example.`,
      "At least one of the labels is wrong. Leave such images out of both: --set onContradiction=leave-out; or keep the earlier set's: =keep.",
    );
  }
  const left = new Set(shared.map(({ later }) => later));
  if (onContradiction === "leave-out") for (const { earlier } of contradictory) left.add(earlier);
  const kept = records.map((_, place) => place).filter((place) => !left.has(records[place]!.id));
  return {
    records: kept.map((place) => records[place]!),
    inspections: kept.map((place) => inspections[place]!),
    leftOut: [...all.flatMap((part) => part.leftOut), ...records.filter(({ id }) => left.has(id))],
    findings: [...all.flatMap((part) => part.findings), ...shared.map((one) => findingOf(one, labels))],
  };
}

function findingOf(one: Shared, labels: ReadonlyMap<string, string>): Finding {
  return {
    severity: one.contradictory ? "error" : "warning",
    check: one.contradictory ? "one image in two classes" : "image of two sets",
    images: [one.earlier, one.later],
    message: `${tell(one, labels)}.`,
  };
}

function tell({ earlier, later, identical, correlation }: Shared, labels: ReadonlyMap<string, string>): string {
  const [first, second] = [earlier, later].map((id) => `${id} (${labels.get(id)!})`);
  return identical
    ? `${first!} and ${second!} are the same picture`
    : `${first!} and ${second!} look alike (correlation ${correlation.toFixed(3)})`;
}

function requireBothClasses({ set: { title }, records }: LoadedPart): void {
  const classes = new Set(records.flatMap(({ label }) => (label === "normal" ? [] : [label])));
  if (classes.size === 2) return;
  throw new Problem(
    `All ${records.length} images of ${title} are ${[...classes][0] ?? "of normal tissue"}: beside another set, a network would tell the class by how the set's images look.`,
    "Take it out, or look at its labels.",
  );
}
