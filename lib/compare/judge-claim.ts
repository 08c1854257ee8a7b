import * as v from "valibot";

import type { ModelKind } from "../display/model-style";
import { oneOf } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { correctedP, sayProbability, significance, type FamilyComparison, type FamilyMember } from "./compare-all";
import type { ComparisonRow } from "./comparison-rows";

const judgeOptions = v.strictObject({
  /** By what "surpasses" is judged; default: "accuracy", which the paper states. */
  measure: v.optional(oneOf(["accuracy", "areaUnderCurve"]), "accuracy"),
});

/** How the claim is judged. @interface */
export type JudgeOptions = v.InferInput<typeof judgeOptions>;

/** One point of the claim, and what the numbers say of it. */
export interface ClaimPoint {
  /** The point, in words: "surpasses the hand-crafted networks". */
  readonly point: string;
  /** Whether it holds. Where numbers are missing or too unsure, it cannot be told: that is not the same as no. */
  readonly verdict: "holds" | "does not hold" | "cannot be told";
  /** Why, as one sentence with the numbers. */
  readonly because: string;
}

/** Measured times that differ by less than this share are taken as equal. */
const timeTolerance = 0.1;

/**
 * Judges point by point what Ahmed, Du and AlZoubi claim ("An ENAS based approach for constructing deep learning models for
 * breast cancer recognition from ultrasound images", MIDL 2020): that the found networks surpass hand-crafted ones, are
 * simpler, and more efficient; and beside it what the paper does not ask: whether they surpass architectures drawn by chance, and
 * models that are no networks.
 *
 * - Surpasses holds where the found network is better than every one of them, with a p-value below 0.05 after Holm's correction;
 *   it does not hold where one of them is better than the found network with such a p-value; otherwise it cannot be told.
 * - Simpler holds where it has fewer parameters than each hand-crafted network, and does not hold where one has as few or
 *   fewer.
 * - More efficient is judged so twice: by multiply-adds, and by the time of one image, where times within 10 per cent of
 *   each other cannot be told apart.
 *
 * @param rows The models; among them the found one, which is the family's reference.
 * @param family All others held against the found one. Those that a point speaks of must be in the family.
 * @throws {Problem} Where the reference is not among the rows or is not a found one.
 */
export function judgeClaim(
  rows: readonly ComparisonRow[],
  family: FamilyComparison,
  options: JudgeOptions = {},
): ClaimPoint[] {
  const { measure } = checkOptions("judgeClaim", judgeOptions, options);
  const found = rows.find(({ model }) => model === family.reference);
  if (found?.kind !== "found") {
    throw new Problem(
      found === undefined
        ? `The reference ${family.reference} is not among the ${rows.length} models of the table.`
        : `The reference ${family.reference} is ${found.kind}, expected a found network.`,
      "Compare all models with the found network as the reference.",
    );
  }
  const ofKind = (kind: ModelKind) => rows.filter((row) => row.kind === kind && row !== found);
  const handCrafted = ofKind("hand-crafted");
  const surpasses = (point: string, rivals: readonly ComparisonRow[], what: string) =>
    judgeBetter(point, found, rivals, what, family, measure);
  return [
    surpasses("surpasses the hand-crafted networks", handCrafted, "hand-crafted network"),
    judgeFewer("is simpler: fewer parameters", found, handCrafted, "parameters", 0),
    judgeFewer("is more efficient: fewer multiply-adds", found, handCrafted, "multiplyAdds", 0),
    judgeFewer("is more efficient: less time for one image", found, handCrafted, "latencyMs", timeTolerance),
    surpasses("is better than chance would have picked", ofKind("control"), "control"),
    surpasses("surpasses what is no network", ofKind("trivial"), "trivial baseline"),
  ];
}

function judgeBetter(
  point: string,
  found: ComparisonRow,
  rivals: readonly ComparisonRow[],
  what: string,
  family: FamilyComparison,
  measure: NonNullable<JudgeOptions["measure"]>,
): ClaimPoint {
  if (rivals.length === 0) return cannot(point, `No ${what} was compared.`);
  const members = rivals.map(({ model }) => family.members.find((member) => member.model === model));
  const missing = members.findIndex((member) => (member?.corrected ?? null) === null);
  if (missing >= 0) return cannot(point, `${rivals[missing]!.model} is not in the family of the tests.`);
  const judged = (members as FamilyMember[]).map((member) => readMember(member, measure));
  const better = judged.filter(({ advantage, p }) => advantage > 0 && p !== null && p < significance);
  const worse = judged.filter(({ advantage, p }) => advantage < 0 && p !== null && p < significance);
  if (worse.length > 0) {
    return { point, verdict: "does not hold", because: `${sayAll(worse, found, measure)}.` };
  }
  if (better.length === judged.length) {
    return { point, verdict: "holds", because: `${sayAll(judged, found, measure)}.` };
  }
  const unsure = judged.filter((one) => !better.includes(one));
  const others = better.length === 0 ? "" : `; it is better than ${better.length} of ${judged.length}`;
  return cannot(point, `${sayAll(unsure, found, measure)}${others}.`);
}

/** One rival, seen from the found network. */
interface Rival {
  readonly model: string;
  /** Found minus rival; 0 where the test and the means over seeds disagree on the sign. */
  readonly advantage: number;
  readonly own: number;
  readonly p: number | null;
}

// Earlier versions tested mean probabilities over seeds, which can point where the means over seeds do not: then neither is better.
function readMember(member: FamilyMember, measure: NonNullable<JudgeOptions["measure"]>): Rival {
  const { model, comparison } = member;
  const { reference, other } = comparison[measure];
  const older = measure === "accuracy" ? comparison.mcnemar.difference.difference : comparison.delong.difference;
  const tested = -(comparison.overPatients?.[measure].difference ?? older);
  const advantage = Math.sign(tested) === Math.sign(reference - other) ? tested : 0;
  return { model, own: other, advantage, p: correctedP(member, measure) ?? null };
}

function sayAll(rivals: readonly Rival[], found: ComparisonRow, measure: NonNullable<JudgeOptions["measure"]>): string {
  const [name, value] = measure === "accuracy" ? ["accuracy", found.accuracy] : ["AUC", found.areaUnderCurve];
  const own = value === null ? "not defined" : value.toFixed(3);
  const list = rivals.map(({ model, own: theirs, p }) => `${model} ${theirs.toFixed(3)} (${sayProbability(p)})`);
  return `${name} of ${found.model} ${own}, of ${list.join(", of ")}, corrected by Holm`;
}

const units = {
  parameters: "parameters",
  multiplyAdds: "multiply-adds",
  latencyMs: "ms",
} as const;

function judgeFewer(
  point: string,
  found: ComparisonRow,
  rivals: readonly ComparisonRow[],
  key: keyof typeof units,
  tolerance: number,
): ClaimPoint {
  if (rivals.length === 0) return cannot(point, "No hand-crafted network was compared.");
  const unit = units[key];
  const missing = [found, ...rivals].find((row) => row[key] === null);
  if (missing !== undefined) return cannot(point, `The ${unit} of ${missing.model} are not known.`);
  const own = found[key]!;
  const say = (list: readonly ComparisonRow[]) =>
    `${found.model}${inputOf(found)} ${key === "parameters" ? "has" : "needs"} ${formatCost(own)} ${unit}, ${list.map((row) => `${row.model}${inputOf(row)} ${formatCost(row[key]!)}`).join(", ")}`;
  // Times on different inputs, or parameters, compare what would be used; the sentence says on which.
  const inputOf = (row: ComparisonRow) =>
    rivals.some(({ input }) => input !== found.input) && row.input !== null ? ` (${row.input})` : "";
  const less = rivals.filter((row) => row[key]! <= own * (1 - tolerance));
  if (less.length > 0) {
    return {
      point,
      verdict: "does not hold",
      because: `${say(less)}: ${less.length} of ${rivals.length} ${key === "parameters" ? "have" : "need"} no more.`,
    };
  }
  const near = rivals.filter((row) => own >= row[key]! * (1 - tolerance));
  if (tolerance > 0 && near.length > 0) {
    return cannot(point, `${say(near)}: times within ${100 * tolerance} per cent are taken as equal.`);
  }
  return { point, verdict: "holds", because: `${say(rivals)}.` };
}

function formatCost(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString("en-US") : String(Number(value.toPrecision(3)));
}

function cannot(point: string, because: string): ClaimPoint {
  return { point, verdict: "cannot be told", because };
}
