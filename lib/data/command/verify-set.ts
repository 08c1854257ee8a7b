import { existsSync } from "node:fs";
import { join } from "node:path";

import { hashFile } from "../../files/checksum";
import { countLabels } from "../audit/count-images";
import { inspectRecords } from "../inspect/inspect";
import type { Finding } from "../records/finding";
import { labels } from "../records/record";
import type { DataSet } from "../sets/data-set";
import { findContradictions } from "../sets/load";
import { listSetForReport } from "../sets/list-set";
import { locateDataSet } from "../sets/locate";

/** One thing that was checked. */
export interface Check {
  readonly check: string;
  readonly good: boolean;
  /** What was found, and what was expected where that differs. */
  readonly found: string;
}

/** What came out of a verification. */
export interface Verification {
  readonly folder: string;
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
  /** Whether all is as published: every check is good. Contradictory labels that were published are told, and do not count. */
  readonly good: boolean;
}

/**
 * Checks whether a data set is here whole, as it was published: known sums, counts, and every file readable.
 *
 * @throws {Problem} Where the set is not there.
 */
export async function verifySet(
  set: DataSet,
  root: string,
  onProgress: ((done: number, total: number) => void | Promise<void>) | null = null,
): Promise<Verification> {
  const folder = locateDataSet(set, root);
  const checks: Check[] = [];
  for (const { path, md5 } of set.knownFiles) {
    const file = join(folder, path);
    const found = existsSync(file) ? await hashFile(file, "md5") : "missing";
    checks.push({
      check: `MD5 of ${path}`,
      good: found === md5,
      found: found === md5 ? md5 : `${found}, expected ${md5}`,
    });
  }
  const listing = await listSetForReport(set, folder);
  const inspections = await inspectRecords(listing.records, { folder, published: set.expected !== null, onProgress });
  const counts = countLabels(listing.records);
  for (const label of labels) {
    const expected = set.expected?.images[label];
    const count = counts[label] ?? 0;
    if (expected === undefined && (count === 0 || set.expected !== null)) continue;
    const good = expected === undefined || count === expected;
    checks.push({ check: `${label} images`, good, found: good ? String(count) : `${count}, expected ${expected}` });
  }
  const patients = set.expected?.patients;
  if (patients !== undefined) {
    const count = new Set(listing.records.map(({ patient }) => patient)).size;
    checks.push({
      check: "patients",
      good: count === patients,
      found: count === patients ? String(count) : `${count}, expected ${patients}`,
    });
  }
  const findings = [...listing.findings, ...inspections.flatMap((inspection) => inspection.findings)];
  const unmasked = new Set(findings.filter(({ check }) => check === "missing mask").flatMap(({ images }) => images));
  if (unmasked.size > 0 || listing.records.some(({ masks }) => masks.length > 0)) {
    const found = unmasked.size === 0 ? "all" : `missing for ${unmasked.size} of ${listing.records.length} images`;
    checks.push({ check: "masks", good: unmasked.size === 0, found });
  }
  if (listing.records.length === 0) checks.push({ check: "images", good: false, found: "none" });
  const errors = findings.filter(({ severity }) => severity === "error").length;
  checks.push({
    check: "files readable and fitting together",
    good: errors === 0,
    found: errors === 0 ? "all" : `${errors} errors`,
  });
  return {
    folder,
    checks,
    findings: [...findings, ...findContradictions(listing.records, inspections)],
    good: checks.every(({ good }) => good),
  };
}
