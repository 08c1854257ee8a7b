import { tableText } from "../files/table-text";
import { formatCell } from "../display/table";
import type { ReleaseCard } from "../release/card";
import type { AppliedRow } from "./applied-row";

/** The file with the table, in the folder with the results. */
export const tableFile = "predictions.csv";

/** What stands below every table of predictions. */
export function footOf(card: ReleaseCard): string {
  const devices =
    card.data.devices === undefined ? " The release does not say by which devices its training was taken." : "";
  return `${card.name} ${card.version}, malignant from a probability of ${formatCell(card.threshold)} on (${card.thresholdOrigin}).${devices} Research software, not a medical device: not for the care of a patient.`;
}

/**
 * Writes rows as comma-separated values, with the foot as the last row.
 *
 * @returns A row an image or file, in the columns file, part, fate, probability (of malignancy), label, warnings, reason, device,
 *   heat map, the heat map's largest value, where the lesion comes from, and what was found: the expected Dice coefficient, other parts,
 *   and the file with the outline.
 */
export function writeTable(rows: readonly AppliedRow[], card: ReleaseCard): string {
  const columns = [
    ...["file", "part", "fate", "probability", "label", "warnings", "reason", "device", "heat map"],
    ...["largest value of the heat map", "lesion", "expected Dice", "other parts", "outline"],
  ];
  const round = (value: number | null) => (value === null ? null : Number(value.toPrecision(6)));
  const cells = rows.map((row) => [
    ...[row.file, row.part, row.fate, round(row.probability), row.label, row.warnings.join(" "), row.reason],
    ...[row.device, row.heatMap, round(row.largest), row.lesion, round(row.expectedDice)],
    ...[row.expectedDice === null ? null : row.others, row.outline],
  ]);
  const foot = ["", "", "note", null, null, footOf(card), "", "", "", null, "", null, null, ""];
  return tableText(columns, [...cells, foot]);
}
