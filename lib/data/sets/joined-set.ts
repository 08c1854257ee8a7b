import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import type { ImageRecord } from "../records/record";
import type { DataSet } from "./data-set";
import { listSet } from "./list-set";
import { locateDataSet, tryLocate } from "./locate";

/** What stands between the names of sets that are taken together: "bus-bra+udiat". */
export const joint = "+";

/**
 * Describes several sets as one. Its images are those of all, each known by the name of its set and its own, "udiat/000001", patients alike,
 * and each with its set as a column. Folds of the sets themselves are none of the joined one's.
 *
 * @param parts The sets, in the order in which they are named: of images that two of them have, the later set's are in question.
 * @throws {Problem} Where there is one alone, a set is named twice, or computed images would stand beside those of patients.
 */
export function joinDataSets(parts: readonly DataSet[]): DataSet {
  const names = parts.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Problem(`The set ${twice} is named twice in ${names.join(joint)}.`, "Name each set once.");
  const computed = parts.filter(({ synthetic }) => synthetic);
  if (computed.length > 0 && computed.length < parts.length)
    throw new Problem(
      `${computed[0]!.title} would stand beside images of patients in ${names.join(joint)}.`,
      "Take sets of patients together, or computed ones.",
    );
  const ofEach = (what: (set: DataSet) => string) => parts.map((set) => `${set.title}: ${what(set)}`).join("; ");
  return {
    name: names.join(joint),
    aliases: [],
    title: parts.map(({ title }) => title).join(", together with "),
    citation: ofEach(({ citation }) => citation),
    licence: ofEach(({ licence }) => licence),
    homepage: "",
    access: { kind: "own files", how: `Each set is brought in by itself: ${names.join(", ")}` },
    expected: null,
    knownFiles: [],
    cautions: [
      ...parts.flatMap(({ title, cautions }) => cautions.map((caution) => `${title}: ${caution}`)),
      "Sets differ in devices, patients and in how images were chosen: where one has more malignant images than another, a network may tell the class by how the set's images look. Leave one set out at a time to see what holds elsewhere.",
    ],
    synthetic: computed.length > 0,
    parts,
    recognise: (root) => (parts.every((part) => tryLocate(part, root) !== null) ? root : null),
    list: async (root) => {
      const listings = [];
      for (const part of parts) {
        const { records, findings } = await listSet(part, locateDataSet(part, root));
        listings.push({
          records: records.map((record) => recordIn(part.name, record)),
          findings: findings.map((finding) => findingIn(part.name, finding)),
        });
      }
      return {
        records: listings.flatMap(({ records }) => records),
        findings: listings.flatMap(({ findings }) => findings),
        folds: [],
      };
    },
  };
}

/**
 * Names an image as it is known where its set stands with others.
 *
 * @returns "udiat/000001".
 */
export function idIn(set: string, id: string): string {
  return `${set}/${id}`;
}

/** Makes an image one of several sets: with its set in its name and its patient's, and without its part of the set's own division. */
export function recordIn(set: string, { part: _, patient, ...record }: ImageRecord): ImageRecord {
  return { ...record, set, id: idIn(set, record.id), ...(patient !== undefined && { patient: idIn(set, patient) }) };
}

/** Makes what was found about a set something that was found about one of several. */
export function findingIn(set: string, finding: Finding): Finding {
  const { images, message } = finding;
  return { ...finding, images: images.map((id) => idIn(set, id)), message: `${set}: ${message}` };
}
