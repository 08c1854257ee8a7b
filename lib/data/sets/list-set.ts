import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import type { ImageRecord } from "../records/record";
import type { DataSet, Listing } from "./data-set";

/**
 * Lists a set's images, each name once: of two images of one name, the first is kept, and an error tells of the other.
 *
 * @throws {Problem} Where its tables cannot be read.
 */
export async function listSet(set: DataSet, folder: string): Promise<Listing> {
  const { records, findings, folds } = await set.list(folder);
  const seen = new Set<string>();
  const kept: ImageRecord[] = [];
  const twice: Finding[] = [];
  for (const record of records) {
    if (!seen.has(record.id)) kept.push(record);
    else {
      const message = `Two images are called "${record.id}": the first is taken.`;
      twice.push({ severity: "error", check: "two images of one name", images: [record.id], message });
    }
    seen.add(record.id);
  }
  return { records: kept, findings: [...findings, ...twice], folds };
}

/**
 * Lists a set's images for a report: tables that cannot be read are a finding, and stop nothing.
 *
 * @returns The images; none where a table cannot be read.
 */
export async function listSetForReport(set: DataSet, folder: string): Promise<Listing> {
  try {
    return await listSet(set, folder);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const finding: Finding = { severity: "error", check: "table that cannot be read", images: [], message: error.what };
    return { records: [], findings: [finding], folds: [] };
  }
}
