import type { FamilyComparison } from "../compare/compare-all";
import type { ComparisonRow } from "../compare/comparison-rows";
import { drawCostPlane } from "../compare/figures/draw-cost-plane";
import { drawDifferences } from "../compare/figures/draw-differences";
import { drawRanks } from "../compare/figures/draw-ranks";
import type { Ranking } from "../compare/rank-models";
import type { Figure } from "../display/figure";
import type { ModelKind } from "../display/model-style";
import type { Evaluation } from "../evaluate/evaluation";
import { drawCalibration } from "../evaluate/figures/draw-calibration";
import { drawConfusion } from "../evaluate/figures/draw-confusion";
import { drawDecisionCurve } from "../evaluate/figures/draw-decision-curve";
import { drawPrecisionRecall } from "../evaluate/figures/draw-precision-recall";
import { drawRoc } from "../evaluate/figures/draw-roc";
import { drawSpread } from "../evaluate/figures/draw-spread";
import { Problem } from "../runtime/problem";
import type { StudyFigure } from "./kept-figures";
import { captionOf } from "./report/parts";

/** What the figures of a comparison are drawn from. */
export interface ComparedStudy {
  /** The models, the found one first. */
  readonly models: readonly { readonly kind: ModelKind; readonly evaluation: Evaluation }[];
  /** The tests between them; null: none were made, and what shows them is left out. */
  readonly family: FamilyComparison | null;
  /** The models with their costs; null: not measured, and what shows them is left out. */
  readonly rows: readonly ComparisonRow[] | null;
  /** Their ranks; default: null, and the figure of ranks is left out. */
  readonly ranking?: Ranking | null;
}

/** How many models a figure of bands has, so that these can be told from each other. */
const mostBands = 3;

/**
 * Draws the figures that every study's comparison has, each with its name, its section of the report and its caption.
 *
 * @param compared The models, tests, costs and ranks.
 * @param without Names of figures that are not wanted; default: none.
 * @returns The figures, in the order in which they are shown. One that there is nothing to draw of, such as costs of models that
 *   are no networks, is left out.
 */
export function comparisonFigures(
  { models, family, rows, ranking = null }: ComparedStudy,
  without: readonly string[] = [],
): StudyFigure[] {
  const evaluations = models.map(({ evaluation }) => evaluation);
  const networks = evaluations.filter((_, index) => models[index]!.kind !== "trivial");
  const [first] = evaluations;
  const all: [string, unknown, () => Figure][] = [
    ["differences-accuracy", family, () => drawDifferences(family!, "accuracy")],
    ["differences-area", family, () => drawDifferences(family!, "areaUnderCurve")],
    ["roc", networks[0], () => drawRoc(networks)],
    ["precision-recall", first, () => drawPrecisionRecall(evaluations)],
    ["calibration", first, () => drawCalibration([first!])],
    ["spread", first, () => drawSpread(evaluations)],
    ["decision-curve", first, () => drawDecisionCurve(evaluations.slice(0, mostBands))],
    ["confusion", first, () => drawConfusion(first!)],
    ["cost", rows, () => drawCostPlane(rows!)],
    ["cost-multiply-adds", rows, () => drawCostPlane(rows!, { cost: "multiplyAdds" })],
    ["ranks", ranking, () => drawRanks(ranking!)],
  ];
  return all.flatMap(([name, needed, draw]): StudyFigure[] => {
    if (needed === null || needed === undefined || without.includes(name)) return [];
    try {
      return [{ name, ...captionOf(name), figure: draw() }];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return [];
    }
  });
}
