import { deepEqual } from "node:assert/strict";

import { countFindings, tableOfFindings } from "../../../lib/data/audit/tell-findings";
import type { Finding } from "../../../lib/data/records/finding";

const finding = (severity: Finding["severity"], check: string, message: string): Finding => ({
  severity,
  check,
  images: [],
  message,
});
const findings = [
  finding("note", "size", "a"),
  finding("error", "mask", "b"),
  finding("warning", "box", "c"),
  finding("error", "mask", "d"),
];

describe("tableOfFindings(findings)", () => {
  it("has the worst first, in the order in which they were found", () => {
    deepEqual(
      tableOfFindings(findings).map(({ message }) => message),
      ["b", "d", "c", "a"],
    );
  });
});

describe("countFindings(findings)", () => {
  it("has a row a kind with its count and an example", () => {
    deepEqual(countFindings(findings), [
      { severity: "error", check: "mask", count: 2, "for example": "b" },
      { severity: "warning", check: "box", count: 1, "for example": "c" },
      { severity: "note", check: "size", count: 1, "for example": "a" },
    ]);
  });
});
