import { grayLevelsOf, lesionBoxOf, type SeenImage } from "../data/audit/shortcut-features";
import type { Inspection } from "../data/inspect/inspection";
import type { ImageRecord } from "../data/records/record";
import type { TableCell } from "../display/table";
import { quantile } from "../statistics/summary";

/** Images of one set, as a study or an external test uses them. */
export interface ComparedSet {
  /** Its name, as a column's heading. */
  readonly title: string;
  readonly records: readonly ImageRecord[];
  /** What was seen of them, in the same order. */
  readonly inspections: readonly Inspection[];
  /** The names of those whose lesions a network has found, as nobody had drawn them; default: none. */
  readonly found?: ReadonlySet<string>;
}

/**
 * Sets images of several sets side by side, for whoever asks why a network does worse on one of them: how many, of whom, how often
 * malignant, how large, how bright, how large the lesion in the picture, by which devices, and what is known of them.
 *
 * @param sets The sets; the first is the study's own.
 * @returns One row for each property, one column for each set.
 */
export function compareSets(sets: readonly ComparedSet[]): Record<string, TableCell>[] {
  const facts = sets.map(factsOf);
  return Object.keys(facts[0]!).map((property) => ({
    property,
    ...Object.fromEntries(sets.map(({ title }, index) => [title, facts[index]![property]!])),
  }));
}

function factsOf({ records, inspections, found = new Set() }: ComparedSet): Record<string, string> {
  const total = records.length;
  const patients = new Set(records.flatMap(({ patient }) => patient ?? []));
  const nameless = records.filter(({ patient }) => patient === undefined).length;
  const malignant = records.filter(({ label }) => label === "malignant").length;
  const images = records.flatMap((record, index): SeenImage[] => {
    const seen = inspections[index]?.seen ?? null;
    return seen === null ? [] : [{ record, seen }];
  });
  const drawn = records.filter(({ id }) => !found.has(id));
  const share = (count: number) => `${count} of ${total} (${((100 * count) / total).toFixed(1)} %)`;
  const levels = images.map((image) => grayLevelsOf(image).map((level) => level / 255));
  // The longer side, as a share of the picture's longer side.
  const boxes = images.flatMap((image) => {
    const box = lesionBoxOf(image);
    const { width, height } = image.seen;
    return box === null ? [] : [Math.max(box.width, box.height) / Math.max(width, height)];
  });
  return {
    images: String(total),
    patients: `${patients.size === 0 ? "not known" : patients.size}${nameless > 0 && patients.size > 0 ? `, and ${nameless} images of unknown ones` : ""}`,
    malignant: share(malignant),
    "width, pixels": spreadOf(images.map(({ seen }) => seen.width), 0), // prettier-ignore
    "height, pixels": spreadOf(images.map(({ seen }) => seen.height), 0), // prettier-ignore
    "mean gray level, 0 to 1": spreadOf(levels.map(([mean]) => mean!), 2), // prettier-ignore
    "deviation of gray levels": spreadOf(levels.map(([, deviation]) => deviation!), 2), // prettier-ignore
    "lesion's box, share of the picture": spreadOf(boxes, 2),
    "with an outline": share(drawn.filter(({ masks }) => masks.length > 0).length),
    "with a box": share(drawn.filter((record) => record.masks.length > 0 || record.box !== undefined).length),
    "with a lesion that a network found": share(found.size),
    "pixel size, mm": spreadOf(records.flatMap(({ pixelSize }) => pixelSize ?? []), 3), // prettier-ignore
    devices: listOf(records.flatMap(({ device }) => device ?? []), total), // prettier-ignore
  };
}

function spreadOf(values: readonly number[], digits: number): string {
  if (values.length === 0) return "not known";
  const [low, middle, high] = [0.05, 0.5, 0.95].map((at) => quantile(values, at).toFixed(digits));
  return low === high ? middle! : `${middle} (${low} to ${high})`;
}

function listOf(names: readonly string[], total: number): string {
  if (names.length === 0) return "not known";
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const said = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} (${count})`);
  const rest = total - names.length;
  return [...said, ...(rest === 0 ? [] : [`not known (${rest})`])].join(", ");
}
