import { Problem } from "../../runtime/problem";
import { startJoining } from "../records/joining";
import { groupOf, labels, type ImageRecord, type Label } from "../records/record";

/** What a split needs to know of an image. */
export type SplitRecord = Pick<ImageRecord, "id" | "patient" | "label">;

/** Images that must stay together. */
export interface Group {
  /** Its name in messages: "patient 12", or "patient 12 and 2 more" where near duplicates joined several. */
  readonly name: string;
  /** Its images, in the records' order. */
  readonly ids: readonly string[];
  /** The class under which it is spread over parts: that of most of its images; malignant before benign before normal. */
  readonly label: Label;
  /** How many of its images have each class. */
  readonly counts: Readonly<Partial<Record<Label, number>>>;
  /** Whether its images have more than one class: a sign of a wrong label, or of a patient with two lesions. */
  readonly mixed: boolean;
}

/**
 * Finds which images must stay together: those of one patient, and, where given, those that look alike.
 *
 * @param records The images. Where a patient is not known, an image is a group of its own.
 * @param nearDuplicates Lists of ids of images that look alike. Lists that share an image or a patient are joined. Ids that
 *   are not among the records are passed over, so that lists made of a whole set serve for a sample of it.
 * @returns The groups, in the order of their first images.
 * @throws {Problem} Where two records have the same id.
 */
export function groupRecords(
  records: readonly SplitRecord[],
  nearDuplicates: readonly (readonly string[])[] = [],
): Group[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  if (byId.size !== records.length) {
    const twice = records.find((record) => byId.get(record.id) !== record)!;
    throw new Problem(`Two records have the id "${twice.id}".`, "Give each image once.");
  }
  const joined = startJoining();
  for (const list of nearDuplicates) {
    const names = list.flatMap((id) => {
      const record = byId.get(id);
      return record === undefined ? [] : [groupOf(record)];
    });
    for (const name of names) joined.join(names[0]!, name);
  }
  const members = new Map<string, SplitRecord[]>();
  for (const record of records) {
    const root = joined.rootOf(groupOf(record));
    const group = members.get(root);
    if (group === undefined) members.set(root, [record]);
    else group.push(record);
  }
  return [...members.values()].map(makeGroup);
}

function makeGroup(records: readonly SplitRecord[]): Group {
  const counts: Partial<Record<Label, number>> = {};
  for (const { label } of records) counts[label] = (counts[label] ?? 0) + 1;
  const names = new Set(records.map(groupOf));
  const [first] = names;
  return {
    name: names.size === 1 ? first! : `${first} and ${names.size - 1} more`,
    ids: records.map(({ id }) => id),
    label: majorityOf(counts),
    counts,
    mixed: Object.keys(counts).length > 1,
  };
}

// In a tie the class that must not be missed leads.
function majorityOf(counts: Partial<Record<Label, number>>): Label {
  const order: readonly Label[] = ["malignant", ...labels.filter((label) => label !== "malignant")];
  return order.reduce((best, label) => ((counts[label] ?? 0) > (counts[best] ?? 0) ? label : best));
}

/**
 * Sorts groups in a way that does not depend on the order of the records.
 *
 * @returns The same, by the id that comes first in the order of character codes.
 */
export function sortGroups(groups: readonly Group[]): Group[] {
  const keyOf = ({ ids }: Group) => ids.reduce((least, id) => (id < least ? id : least));
  return [...groups].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
