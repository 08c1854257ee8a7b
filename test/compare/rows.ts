import type { ComparisonRow } from "../../lib/compare/comparison-rows";

/** A row with numbers that fit together. */
export function rowOf(model: string, change: Partial<ComparisonRow> = {}): ComparisonRow {
  return {
    model,
    kind: "hand-crafted",
    input: "64x64x1",
    parameters: 1000,
    multiplyAdds: 20_000,
    accuracy: 0.8,
    accuracyLow: 0.7,
    accuracyHigh: 0.9,
    balancedAccuracy: 0.79,
    sensitivity: 0.78,
    specificity: 0.8,
    f1: 0.75,
    areaUnderCurve: 0.88,
    areaLow: 0.84,
    areaHigh: 0.91,
    latencyMs: 4,
    trainSeconds: 100,
    ...change,
  };
}

/** A row of a model that is no network. */
export function trivialRow(model: string): ComparisonRow {
  const none = { parameters: null, multiplyAdds: null, latencyMs: null, trainSeconds: null, input: null };
  return rowOf(model, { kind: "trivial", accuracy: 0.72, ...none });
}
