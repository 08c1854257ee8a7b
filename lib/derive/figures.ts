import { makeFigure, type Figure } from "../display/figure";
import { colorOfModel } from "../display/model-style";
import { heightOfRows, wrapName } from "../display/wrap-text";
import type { Arm } from "./arms";
import type { Candidate } from "./candidate";

const symbols = ["circle", "square", "diamond", "triangle-up"] as const;

/** Says whether architectures were scored with shared weights at all: by trials none is. */
export function areShared(arms: readonly Arm[]): boolean {
  return arms.some(({ candidates }) => trainedOf(candidates).some(({ onAll }) => onAll !== null));
}

/** Draws what was found beside what was drawn at random; and where shared weights have scored them, whether these told who is good. */
export function figuresOfArms(arms: readonly Arm[]): Figure[] {
  return [drawArms(arms), ...(areShared(arms) ? [drawScoreAgreement(arms)] : [])];
}

/**
 * Draws scores after training from scratch against scores with the search's shared weights, one mark an architecture.
 *
 * @param measure What the scores are: the label of the upright axis.
 */
export function drawScoreAgreement(arms: readonly Arm[], measure = "area under the curve"): Figure {
  return makeFigure(
    arms.map(({ name, kind, candidates }, index) => {
      const shown = trainedOf(candidates).filter(({ onAll }) => onAll !== null);
      return {
        type: "scatter",
        mode: "markers",
        name,
        x: shown.map(({ onAll }) => onAll),
        y: shown.map(({ standAlone }) => standAlone!.score),
        text: shown.map(({ hash }) => hash.slice(0, 8)),
        marker: {
          color: colorOfModel(name, kind),
          symbol: symbols[index % symbols.length]!,
          size: 10,
        },
        hovertemplate: "%{text}<br>shared weights %{x:.3f}<br>trained from scratch %{y:.3f}<extra>" + name + "</extra>",
      };
    }),
    {
      title: { text: "Do shared weights tell who is good?<br>marks: architectures" },
      xaxis: { title: { text: "reward with shared weights, all search-validation images" } },
      yaxis: { title: { text: `${measure} when trained from scratch` } },
      height: 440,
    },
  );
}

/**
 * Draws the scores after training from scratch by kind: each architecture a mark, each mean a line.
 *
 * @param measure What the scores are: the label of the upright axis.
 */
export function drawArms(arms: readonly Arm[], measure = "area under the curve"): Figure {
  return makeFigure(
    arms.map(({ name, kind, candidates }, index) => ({
      type: "box",
      name,
      x: trainedOf(candidates).map(({ standAlone }) => standAlone!.score),
      y: trainedOf(candidates).map(() => wrapName(name)),
      orientation: "h",
      boxpoints: "all",
      boxmean: true,
      pointpos: 0,
      jitter: 0.4,
      fillcolor: "rgba(0,0,0,0)",
      line: { color: colorOfModel(name, kind) },
      marker: { color: colorOfModel(name, kind), symbol: symbols[index % symbols.length]!, size: 8 },
    })),
    {
      title: { text: "Found architectures and their controls, trained alike" },
      xaxis: { title: { text: `${measure} on the search-validation images` } },
      yaxis: { autorange: "reversed", type: "category", dtick: 1 },
      showlegend: false,
      height:
        120 +
        heightOfRows(
          arms.map(({ name }) => wrapName(name)),
          60,
        ),
    },
  );
}

function trainedOf(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ standAlone }) => standAlone !== null);
}
