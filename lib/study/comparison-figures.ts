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
import { attempt } from "./attempt";
import type { StudyFigure } from "./report/parts";

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

/** The same, as figures take it. */
interface Drawn extends Required<ComparedStudy> {
  /** The evaluations of all models, the found one's first. */
  readonly evaluations: readonly Evaluation[];
  readonly networks: readonly Evaluation[];
}

/** A figure that every study's comparison has. */
interface ComparisonFigure extends Pick<StudyFigure, "name" | "section" | "caption"> {
  /** Draws it; null where there is nothing to draw of. */
  readonly draw: (drawn: Drawn) => Figure | null;
}

/** How many models a figure of bands has, so that these can be told from each other. */
const mostBands = 3;

/** The figures that every study's comparison has, in the order in which they are shown. A figure is added here. */
export const comparisonFigureTable: readonly ComparisonFigure[] = [
  {
    name: "differences-accuracy",
    section: "comparison",
    caption: "Each model minus the reference, with its interval and corrected p-value.",
    draw: ({ family }) => family && drawDifferences(family, "accuracy"),
  },
  {
    name: "differences-area",
    section: "comparison",
    caption: "The same of the area under the curve.",
    draw: ({ family }) => family && drawDifferences(family, "areaUnderCurve"),
  },
  {
    name: "roc",
    section: "comparison",
    caption:
      "Receiver operating characteristic of the test images with pointwise 95 % confidence bands; markers are the operating points.",
    draw: ({ networks }) => (networks.length > 0 ? drawRoc(networks) : null),
  },
  {
    name: "precision-recall",
    section: "comparison",
    caption: "Precision against recall of the test images, with pointwise 95 % confidence bands.",
    draw: ({ evaluations }) => drawPrecisionRecall(evaluations),
  },
  {
    name: "calibration",
    section: "comparison",
    caption: "How often images with a probability are malignant, with Wilson's intervals, and how many images have it.",
    draw: ({ evaluations }) => drawCalibration(evaluations.slice(0, 1)),
  },
  {
    name: "spread",
    section: "comparison",
    caption: "How far folds and seeds differ: a point for each.",
    draw: ({ evaluations }) => drawSpread(evaluations),
  },
  {
    name: "decision-curve",
    section: "comparison",
    caption: "What acting on a model is worth, for readers who would act from a probability on.",
    draw: ({ evaluations }) => drawDecisionCurve(evaluations.slice(0, mostBands)),
  },
  {
    name: "confusion",
    section: "errors",
    caption: "Right and wrong decisions of the found network on the test images.",
    draw: ({ evaluations }) => drawConfusion(evaluations[0]!),
  },
  {
    name: "cost",
    section: "comparison",
    caption: "Up and to the left is better: more accurate with fewer parameters.",
    draw: ({ rows }) => rows && drawCostPlane(rows),
  },
  {
    name: "cost-multiply-adds",
    section: "comparison",
    caption: "The same against the multiply-adds of one image.",
    draw: ({ rows }) => rows && drawCostPlane(rows, { cost: "multiplyAdds" }),
  },
  {
    name: "ranks",
    section: "comparison",
    caption: "The rank of each model with its interval, and how often it is the best.",
    draw: ({ ranking }) => ranking && drawRanks(ranking),
  },
];

/**
 * Draws the figures of `comparisonFigureTable`.
 *
 * @param without Names of figures that are not wanted; default: none.
 * @returns The figures. One that there is nothing to draw of, such as costs of models that are no networks, is left out.
 */
export function comparisonFigures(compared: ComparedStudy, without: readonly string[] = []): StudyFigure[] {
  const { models, ranking = null } = compared;
  const evaluations = models.map(({ evaluation }) => evaluation);
  if (evaluations.length === 0) return [];
  const networks = evaluations.filter((_, index) => models[index]!.kind !== "trivial");
  const drawn = { ...compared, ranking, evaluations, networks };
  return comparisonFigureTable.flatMap(({ draw, ...own }): StudyFigure[] => {
    if (without.includes(own.name)) return [];
    const figure = attempt(() => draw(drawn)).value;
    return figure === null ? [] : [{ ...own, figure }];
  });
}
