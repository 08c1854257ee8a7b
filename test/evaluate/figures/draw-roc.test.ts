import { deepEqual, equal, match, ok } from "node:assert/strict";

import { decide } from "../../../lib/evaluate/decide";
import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { describeArea, drawRoc, rocOnGrid } from "../../../lib/evaluate/figures/draw-roc";
import { makeSamples } from "../../../lib/evaluate/sample";
import { areaUnderCurve } from "../../../lib/statistics/area-under-curve";
import { plainText } from "../../helpers/plain-text";
import { casesOf, examplePredictions } from "../example";

/** A trace, as far as it is looked at. */
interface Trace {
  readonly x: number[];
  readonly y: number[];
  readonly name?: string;
  readonly mode: string;
}

const set = examplePredictions();
const evaluation = evaluatePredictions(set, { replicates: 100 });
const named = (traces: unknown) => (traces as Trace[]).filter(({ name }) => name !== undefined);

/** The area under straight lines between points. */
const areaOf = ({ x, y }: Pick<Trace, "x" | "y">) =>
  x.slice(1).reduce((sum, right, index) => sum + ((right - x[index]!) * (y[index]! + y[index + 1]!)) / 2, 0);

describe("drawRoc(evaluations)", () => {
  it("draws a curve that has the stated area under it, and says how several folds are joined", () => {
    const single = evaluatePredictions(examplePredictions({ folds: 1 }), { replicates: 100 });
    const figure = drawRoc([single]);
    const [curve] = named(figure.data);
    const { value } = single.pooled.measures.areaUnderCurve;
    const titleOf = (of: typeof figure) => plainText(of.layout.title);
    ok(!titleOf(figure).includes("folds"));
    match(titleOf(drawRoc([evaluation])), /curves: means over folds by their pairs/);
    const [mean] = named(drawRoc([evaluation]).data);
    ok(Math.abs(areaOf(mean!) - evaluation.pooled.measures.areaUnderCurve.value!) < 0.02);
    ok(Math.abs(areaOf(curve!) - value!) < 1e-12);
    match(
      plainText(curve!.name),
      new RegExp(`^example: AUC ${value!.toFixed(3)} \\(95 % CI 0\\.\\d{3}–0\\.\\d{3}, DeLong\\)$`),
    );
  });

  it("draws the mean over seeds, with about the mean area", () => {
    const several = evaluatePredictions(examplePredictions({ seeds: [1, 2, 3] }), { replicates: 100 });
    const [curve] = named(drawRoc([several]).data);
    equal(curve!.x.length, 101);
    ok(Math.abs(areaOf(curve!) - several.pooled.measures.areaUnderCurve.value!) < 0.02);
    match(plainText(curve!.name), /, bootstrap\)$/);
  });

  it("marks where the decisions lie", () => {
    const { sensitivity, specificity } = evaluation.pooled.measures;
    const point = (drawRoc([evaluation]).data as Trace[]).find(({ mode }) => mode === "markers")!;
    deepEqual([point.x, point.y], [[1 - specificity.value!], [sensitivity.value!]]);
  });

  it("leaves out a model without a curve, and draws several", () => {
    const rows = set.rows.filter(({ label, part }) => label === 0 || part === "validation");
    const none = evaluatePredictions({ model: "none", rows }, { replicates: 100 });
    deepEqual(
      named(drawRoc([none, evaluation, { ...evaluation, model: "other" }]).data).map(({ name }) => name!.split(":")[0]),
      ["example", "other"],
    );
  });
});

describe("rocOnGrid(sample, weights, values)", () => {
  it("has the area under the curve, but for the grid", () => {
    const { cases } = decide(examplePredictions({ patients: 300 }), { kind: "fixed", at: 0.5 });
    const { patients, samples } = makeSamples(cases);
    const y = new Float64Array(101);
    rocOnGrid(samples[0]!, new Uint16Array(patients.length).fill(1), y);
    const exact = areaUnderCurve(
      cases.map(({ probability }) => probability),
      cases.map(({ label }) => label),
    );
    ok(Math.abs(areaOf({ x: [...y.keys()].map((place) => place / 100), y: [...y] }) - exact) < 0.01);
  });

  it("takes the upper end where the curve rises, straight lines over ties, and nothing of one class", () => {
    const values = new Float64Array(101);
    const once = new Uint16Array(4).fill(1);
    rocOnGrid(makeSamples(casesOf([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])).samples[0]!, once, values);
    deepEqual([values[0], values[49], values[50], values[100]], [0.5, 0.5, 1, 1]);
    rocOnGrid(makeSamples(casesOf([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5])).samples[0]!, once, values);
    deepEqual([values[0], values[25], values[100]], [0, 0.25, 1]);
    rocOnGrid(makeSamples(casesOf([0, 0], [0.5, 0.5])).samples[0]!, once, values);
    ok(values.every((value) => Number.isNaN(value)));
  });
});

describe("describeArea(estimate, confidence, name)", () => {
  it("says the interval and its method, or that there is none", () => {
    const bare = { low: null, high: null, method: null, reason: null, beside: null };
    const full = { ...bare, value: 0.912, low: 0.871, high: 0.945, method: "DeLong" };
    equal(describeArea(full, 0.95), "AUC 0.912 (95 % CI 0.871–0.945, DeLong)");
    equal(describeArea({ ...bare, value: 0.9 }, 0.95, "AP"), "AP 0.900");
    equal(describeArea({ ...bare, value: null }, 0.95), "AUC not defined");
  });
});
