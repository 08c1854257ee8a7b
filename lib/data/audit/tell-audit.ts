import { inNotebook } from "../../display/notebook";
import { showTable, type TableCell } from "../../display/table";
import { showText } from "../../display/text";
import { labels } from "../records/record";
import type { FoldSummary } from "../../statistics/cross-validate";
import { byName } from "../../files/by-name";
import type { Audit } from "./audit";
import type { LabelCounts, ValueRange } from "./count-images";
import type { Leak } from "./leakage";
import type { Shortcut } from "./shortcuts";
import { countGroups, sizesOf } from "./summary";
import { decisionsOf } from "./tell-decisions";
import { countFindings } from "./tell-findings";

type Row = Record<string, TableCell>;

/** Tells an audit as tables, below the running cell or in a terminal. */
export function tellAudit(audit: Audit): void {
  const { set, shortcuts, leaks, splits, findings, shortcutFolds } = audit;
  tellLines([
    set.title,
    ...(set.synthetic ? ["SYNTHETIC: computed images, not of patients."] : []),
    ...set.cautions.map((caution) => `· ${caution}`),
  ]);
  tellTable(tableOfCounts(audit), "What is in it");
  tellTable(tableOfGroups(audit), "By device, BI-RADS and part");
  tellTable(tableOfDuplicates(audit), "Duplicates");
  tellTable(tableOfContradictions(audit), "Images that look alike, with different labels");
  const names = splits.map(({ name }) => name).join(", ");
  if (leaks.length > 0) tellTable(tableOfLeaks(leaks), `Leaks between parts (checked: ${names})`);
  else if (splits.length > 0) tellLines([`No leak between the parts of: ${names}.`]);
  const foreign = findings.filter(({ check }) => check === "split of other images");
  if (foreign.length > 0) tellLines(["Checked in part alone:", ...foreign.map(({ message }) => `· ${message}`)]);
  tellTable(
    tableOfShortcuts(shortcuts),
    `What tells the classes apart without tissue, cross-validated on ${shortcutFolds}`,
  );
  tellTable(tableOfMarks(audit), "Burned into the images, as far as it is found");
  if (findings.length > 0) tellTable(countFindings(findings), "Files, tables and labels");
  else tellLines(["All files can be read and fit together."]);
  const decisions = set.synthetic ? [] : decisionsOf(audit);
  if (decisions.length > 0) tellLines(["What a study does with this:", ...decisions.map((line) => `· ${line}`)]);
}

function tellTable(rows: readonly Row[], caption: string): void {
  if (rows.length === 0) return;
  if (!inNotebook()) process.stdout.write("\n");
  showTable(rows, { caption, rows: 60 });
}

function tellLines(lines: readonly string[]): void {
  if (!inNotebook()) process.stdout.write("\n");
  showText(lines);
}

/** Makes a table of what a set holds. */
export function tableOfCounts({ counts, records }: Audit): Row[] {
  const rows = labels
    .filter((label) => counts.byLabel[label] !== undefined)
    .map((label) => ({
      class: label,
      images: counts.byLabel[label]!,
      share: share(counts.byLabel[label]!, records.length),
      patients: counts.patientsByLabel?.[label] ?? null,
      "box / image, median": counts.boxShare[label]?.median ?? null,
    }));
  const all = {
    class: "all",
    images: records.length,
    share: share(records.length, records.length),
    patients: counts.patients,
    "box / image, median": null,
  };
  return [...rows, all].map((row) => ({
    ...row,
    "width, pixels": row.class === "all" ? range(counts.width) : "",
    "height, pixels": row.class === "all" ? range(counts.height) : "",
  }));
}

/**
 * Makes a table of classes by device, BI-RADS category and part.
 *
 * @returns One row a value; none where the set states none of these.
 */
export function tableOfGroups({ counts }: Audit): Row[] {
  const rows = (what: string, groups: Readonly<Record<string, LabelCounts>>): Row[] =>
    Object.entries(groups)
      .sort(([a], [b]) => byName(a, b))
      .map(([value, own]) => {
        const { benign = 0, malignant = 0, normal = 0 } = own;
        return {
          by: what,
          value,
          benign,
          malignant,
          normal,
          "malignant share": share(malignant, benign + malignant + normal),
        };
      });
  const all = [...rows("device", counts.byDevice), ...rows("BI-RADS", counts.byBirads), ...rows("part", counts.byPart)];
  const anyNormal = all.some(({ normal }) => (normal as number) > 0);
  return all.map(({ normal, ...row }) => (anyNormal ? { ...row, normal } : row));
}

/** Makes a table of duplicates. */
export function tableOfDuplicates({ records, pairs, groups, contradictions }: Audit): Row[] {
  const sizes = Object.entries(sizesOf(records.length, groups)).map(
    ([size, count]) => `${count} of ${size === "1" ? "one image" : `${size} images`}`,
  );
  return [
    { what: "pixel-identical pairs", count: pairs.filter(({ identical }) => identical).length, detail: "" },
    {
      what: "pairs that look alike",
      count: pairs.length,
      detail: "as they are, or mirrored, shifted, cropped or turned onto each other",
    },
    {
      what: "groups",
      count: countGroups(records.length, groups),
      detail: groups.length === 0 ? "each image by itself" : sizes.join(", "),
    },
    { what: "groups with different labels", count: contradictions.length, detail: "" },
  ];
}

/** Makes a table of groups with different labels. */
function tableOfContradictions({ contradictions, records, pairs }: Audit): Row[] {
  const labelOf = new Map(records.map(({ id, label }) => [id, label]));
  return contradictions.map(({ images }) => ({
    images: images.map((id) => `${id} (${labelOf.get(id)!})`).join(", "),
    identical: pairs.some(
      (pair) => pair.identical && images.includes(pair.first) && labelOf.get(pair.first) !== labelOf.get(pair.second),
    )
      ? "yes"
      : "no",
  }));
}

/** Makes a table of leaks. */
export function tableOfLeaks(leaks: readonly Leak[]): Row[] {
  return leaks.map(({ split, fold, parts, patients, identical, similar, images }) => ({
    split,
    fold,
    between: parts,
    patients: patients.length,
    identical: identical.length,
    alike: similar.length,
    "in both": images.length,
    "for example": example({ patients, identical, similar, images }),
  }));
}

function example({
  patients,
  identical,
  similar,
  images,
}: Pick<Leak, "patients" | "identical" | "similar" | "images">): string {
  if (images.length > 0) return images[0]!;
  const [pair] = [...identical, ...similar];
  return patients.length > 0 ? `patient ${patients[0]!}` : pair!.join(" and ");
}

/**
 * Makes a table of shortcuts.
 *
 * @returns One row each, the strongest first.
 */
export function tableOfShortcuts(shortcuts: readonly Shortcut[]): Row[] {
  return [...shortcuts]
    .sort((a, b) => (b.auc?.mean ?? 0) - (a.auc?.mean ?? 0))
    .map(({ name, images, majority, accuracy, auc }) => ({
      "looking at": name,
      images,
      accuracy: withDeviation(accuracy),
      "always the larger class": withDeviation(majority),
      AUC: auc === null ? null : withDeviation(auc),
    }));
}

/** Makes a table of what is burned into the images. */
export function tableOfMarks({ marks, records, counts }: Audit): Row[] {
  const row = (what: string, images: number, of: number) => ({ what, images, share: share(images, of) });
  const byLabel = labels
    .filter((label) => counts.byLabel[label] !== undefined)
    .map((label) => row(`any of these, ${label}`, marks.byLabel[label] ?? 0, counts.byLabel[label]!));
  return [
    row("calipers", marks.calipers, records.length),
    row("text", marks.text, records.length),
    row("colour", marks.colored, records.length),
    ...byLabel,
  ];
}

function share(count: number, all: number): string {
  return all === 0 ? "" : `${((100 * count) / all).toFixed(1)} %`;
}

function range(spread: ValueRange | null): string {
  if (spread === null) return "";
  return spread.least === spread.most ? String(spread.least) : `${spread.least} to ${spread.most}`;
}

function withDeviation({ mean, deviation }: FoldSummary): string {
  return `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
}
