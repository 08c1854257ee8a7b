import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import { readName } from "./cells";
import type { Description } from "./description";
import type { OwnTable } from "./own-table";
import { findPatientFolders, type PlacedImage } from "./place-images";

/** Who the patients of images are, as far as folders say it, and what is to be told of it. */
export interface Patients {
  /** The patient by an image's folders; undefined where they say none. */
  readonly of: (image: PlacedImage) => string | undefined;
  /** What says who the patients are, in words; null where nothing does. */
  readonly told: string | null;
  /** What is to be kept of it. */
  readonly kept: Description["patients"];
  readonly findings: readonly Finding[];
}

/**
 * Finds out what says who is who: the table, where it has such a column; else folders; else nothing.
 *
 * @throws {Problem} Where folders could be those of patients, and nothing says whether they are.
 */
export function whoIsWho(placed: readonly PlacedImage[], table: OwnTable | null, { patients }: Description): Patients {
  const nobody = { of: () => undefined, findings: [] };
  const byFolder = (level: number, findings: readonly Finding[]): Patients => ({
    of: ({ levels }) => {
      const read = readName(levels[level - 1] ?? "");
      return "value" in read ? read.value : undefined;
    },
    told: level === 1 ? "the folder that an image lies in" : `folder ${level} below the classes`,
    kept: { folder: level },
    findings,
  });
  if (patients === "none") return { ...nobody, told: null, kept: patients, findings: [unknownPatients("as was said")] };
  if (typeof patients === "object") return byFolder(patients.folder, []);
  const column = table?.columns.patient;
  const keyed = table !== null && table.columns.image === undefined;
  const found = findPatientFolders(placed);
  if (column !== undefined && !keyed)
    return { ...nobody, told: `the column "${column}" of ${table!.name}`, kept: undefined };
  if (found.kind === "level") {
    const count = new Set(placed.map(({ levels }) => levels[0]!)).size;
    const message = `Every image lies in one of ${count} folders, "${placed[0]!.levels[0]!}" first: each was taken for a patient. If they are none, say so: --map patient=none.`;
    const told: Finding = { severity: "note", check: "patients by folder", images: [], message };
    return byFolder(found.level, keyed || patients === undefined ? [told] : []);
  }
  if (found.kind === "unclear") {
    throw new Problem(
      `Images lie in folders of their own, "${found.example}" for example, and nothing says whether those are patients.`,
      "Say which folder below the classes is the patient's, --map patient=folder:1, or --map patient=none.",
    );
  }
  return { ...nobody, told: null, kept: undefined, findings: [unknownPatients("nothing says who is who")] };
}

function unknownPatients(why: string): Finding {
  const message = `Patients are unknown (${why}): every image counts as a patient of its own, and views of one patient may stand on both sides of a split. A table images.csv with the columns image and patient would tell.`;
  return { severity: "warning", check: "unknown patients", images: [], message };
}
