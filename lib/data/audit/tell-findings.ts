import type { TableCell } from "../../display/table";
import type { Finding } from "../records/finding";

const order = ["error", "warning", "note"] as const;

/** Makes a table of findings, the worst first. */
export function tableOfFindings(findings: readonly Finding[]): Record<string, TableCell>[] {
  return order.flatMap((severity) =>
    findings
      .filter((finding) => finding.severity === severity)
      .map(({ check, message }) => ({ severity, check, message })),
  );
}

/**
 * Counts findings by what was looked for, the worst first.
 *
 * @returns One row a kind, with its first message as an example.
 */
export function countFindings(findings: readonly Finding[]): Record<string, TableCell>[] {
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${order.indexOf(finding.severity)} ${finding.check}`;
    kinds.set(key, [...(kinds.get(key) ?? []), finding]);
  }
  return [...kinds]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, group]) => ({
      severity: group[0]!.severity,
      check: group[0]!.check,
      count: group.length,
      "for example": group[0]!.message,
    }));
}
