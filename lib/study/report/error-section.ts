import { compareSubgroups, subgroupComparisonTable, type SubgroupComparison } from "../../compare/compare-subgroups";
import {
  groupByBirads,
  groupByDevice,
  groupBySet,
  groupByLesionSize,
  groupBySide,
  type GroupOfImage,
} from "../../compare/image-groups";
import { encodeGray, encodeWithLines } from "../../display/images";
import type { TableCell } from "../../display/table";
import type { Evaluation } from "../../evaluate/evaluation";
import { groupUseTables, measureGroupUse } from "../../evaluate/group-use";
import { fineImages } from "../../explain/fine-images";
import { worstPredictions } from "../../explain/worst-predictions";
import { outlineOfMask } from "../../pictures/mask";
import type { ReportBlock, ReportSection } from "../../report/report-contents";
import type { Study } from "../open-study";
import { paragraph, sectionOf, tableOf } from "./blocks";
import type { EvaluatedModel, StudyEvaluation } from "./evaluated";
import { attempt } from "../attempt";
import { groupsOf } from "../explain-study";
import type { StudyMaterial } from "./material";

/**
 * Writes how the found network fares in parts of the images, beside the best hand-crafted one, unless such tables were kept.
 */
export function describeSubgroups(
  study: Pick<Study, "records" | "inspections">,
  material: StudyMaterial,
  { models }: StudyEvaluation,
  replicates: number,
): ReportSection {
  const kept = (material.comparison.value?.tables ?? []).some(({ section }) => section === "subgroups");
  const found = models.find(({ kind }) => kind === "found");
  const rival = [...models]
    .filter(({ kind }) => kind === "hand-crafted")
    .sort((a, b) => areaOf(b.evaluation) - areaOf(a.evaluation))[0];
  const groups: [string, () => GroupOfImage][] = [
    ["BI-RADS category", () => groupByBirads(study.records)],
    ["device", () => groupByDevice(study.records)],
    ["size of the lesion", () => groupByLesionSize(study)],
    ["side", () => groupBySide(study.records)],
    ...(study.records.every(({ set }) => set === undefined)
      ? []
      : [["set", () => groupBySet(study.records)] as [string, () => GroupOfImage]]),
  ];
  const computed = groups.flatMap(([name, make]): ReportBlock[] => {
    if (found === undefined || rival === undefined) return [];
    const sets = [found.predictions, rival.predictions];
    const { value, missing } = attempt(() => compareSubgroups(sets, make(), { replicates }));
    if (value === null) return [paragraph(`By ${name}: ${missing}`, "small")];
    return [tableOf(`By ${name}`, value.flatMap(rowsOf), notesOf(value))];
  });
  const used = [found, rival].flatMap((one) => one ?? []);
  const { value: uses, missing: why } = attempt(() => {
    const each = used.map(({ evaluation }) => measureGroupUse(evaluation, groupsOf(study)));
    // Group by group, the networks of one group together.
    return (each[0] ?? []).flatMap((_, group) => each.map((own) => own[group]!));
  });
  const tables = uses === null ? null : groupUseTables(uses);
  return sectionOf("subgroups", "Subgroups", [
    paragraph(
      "Intervals are not corrected for the number of groups: of twenty groups, one differs by chance.",
      "small",
    ),
    !kept && computed,
    why !== null && paragraph(why, "small"),
    tables !== null &&
      used.length > 0 && [
        tableOf(
          "Calibration per patient, of all and in groups (secondary)",
          withoutEmpty(tables.calibration),
          "In the large: by how much true logits lie above the given ones, 0 is right; slope: 1 is right; ECE: expected calibration error over ten bins. A patient counts with the mean of her images in the group. †: fewer than 20 patients of a class.",
        ),
        tableOf(
          "Decisions and net benefit per patient, of all and in groups (secondary)",
          withoutEmpty(tables.decisions),
          `Decisions: ${used[0]!.evaluation.thresholdRule}. Net benefit: malignant patients found per patient of the group, less mistakes at the odds of the probability from which a reader acts, at the frequency of the group. Intervals by bootstrap over patients within folds.`,
        ),
      ],
    !kept &&
      (found === undefined || rival === undefined) &&
      paragraph(
        "Subgroups need the found network and a hand-crafted one, tested. Run 05_train_the_winner and 06_hand_crafted_networks.",
        "missing",
      ),
  ]);
}

// A column of reasons that has none is left out.
function withoutEmpty(rows: readonly Record<string, TableCell>[]): Record<string, TableCell>[] {
  const empty = rows.every((row) => row["not defined because"] === null);
  return rows.map(({ "not defined because": because, ...row }) =>
    empty ? row : { ...row, "not defined because": because ?? null },
  );
}

// A remark in words would make the table too wide: a mark stands at the group.
function rowsOf(group: SubgroupComparison): Record<string, TableCell>[] {
  return subgroupComparisonTable([group]).map(({ remark, group: name, ...row }) => ({
    group: remark === null ? (name as string) : `${name as string} †`,
    ...row,
  }));
}

function notesOf(groups: readonly SubgroupComparison[]): string {
  const small = groups.some((group) => group.small !== null);
  return `Δ: minus the found network.${small ? " †: fewer than 20 patients of a class, which says little." : ""}`;
}

/**
 * Writes where networks err: in counts, and in pictures where they are asked for.
 *
 * @param images How many of the found network's worst errors are shown as pictures, from 0.
 */
export async function describeErrors(
  study: Pick<Study, "records" | "prepared">,
  { models }: StudyEvaluation,
  images: number,
): Promise<ReportSection> {
  const found = models.find(({ kind }) => kind === "found");
  return sectionOf("errors", "Errors", [
    models.length === 0
      ? paragraph("No network was tested yet. Run 05_train_the_winner and 06_hand_crafted_networks.", "missing")
      : tableOf(
          "Decisions on the test images, folds together",
          models.flatMap(({ evaluation }) => countsOf(evaluation)),
          `Positive is malignant; a false negative is a cancer that was missed. Threshold: ${models[0]!.evaluation.thresholdRule}.`,
        ),
    models.length > 1 && paragraph(tellShared(models)),
    images > 0 && found !== undefined && (await picturesOf(study, found, images)),
  ]);
}

const areaOf = (evaluation: Evaluation) => evaluation.pooled.measures.areaUnderCurve.value ?? 0;

function countsOf({ model, pooled }: Evaluation): Record<string, TableCell>[] {
  return pooled.counts.map(({ seed, counts }) => ({
    model,
    seed,
    "true positives": counts.truePositive,
    "false negatives": counts.falseNegative,
    "true negatives": counts.trueNegative,
    "false positives": counts.falsePositive,
  }));
}

// With several seeds an image counts as missed where most of them are wrong.
function tellShared(models: readonly EvaluatedModel[]): string {
  const wrong = models.map(({ evaluation }) => {
    const votes = new Map<string, number>();
    for (const { id, decision, label } of evaluation.cases) {
      votes.set(id, (votes.get(id) ?? 0) + (decision === label ? -1 : 1));
    }
    return new Set([...votes].filter(([, balance]) => balance > 0).map(([id]) => id));
  });
  const ids = [...new Set(wrong.flatMap((own) => [...own]))];
  const byAll = ids.filter((id) => wrong.every((own) => own.has(id))).length;
  const total = models[0]!.evaluation.pooled.cases;
  return `Of ${total} test images, ${ids.length} are wrong for at least one of the ${models.length} networks and ${byAll} for all of them: what none can do says more of the images or their labels than of a network.`;
}

async function picturesOf(
  { records, prepared }: Pick<Study, "records" | "prepared">,
  found: EvaluatedModel,
  images: number,
): Promise<ReportBlock> {
  const { cases, seeds } = found.evaluation;
  const worst = worstPredictions(
    cases.filter(({ seed, decision, label }) => seed === seeds[0]!.seed && decision !== label),
    images,
  );
  const fine = await fineImages(
    records,
    prepared,
    worst.map(({ id }) => id),
  );
  return {
    kind: "pictures",
    caption: `The worst errors of ${found.evaluation.model}, seed ${seeds[0]!.seed}: the part that the network saw, with the lesion's outline`,
    pictures: worst.map(({ id, caption }, index) => {
      const { pixels, size, lesion } = fine[index]!;
      const image = { pixels, height: size, width: size };
      const lines = lesion === null ? null : { pixels: outlineOfMask(lesion).pixels, color: "#ffffff" };
      return { png: lines === null ? encodeGray(image) : encodeWithLines(image, lines), caption: `${id}: ${caption}` };
    }),
  };
}
