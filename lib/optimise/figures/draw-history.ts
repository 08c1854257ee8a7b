import type { Data } from "plotly.js";

import { seriesColors } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import type { ArmResult } from "../run-arms";

const dashes = ["solid", "dash", "dot", "dashdot", "longdash"] as const;

/**
 * Draws how good the best point is that was trained with the whole budget, over the epochs that were used by then: a line for each run of an
 * arm, those of one arm alike. It is the area by which points are chosen, and so flatters; what they are worth is on other folds.
 */
export function drawHistory(results: readonly ArmResult[]): Figure {
  const looking = results.filter(({ optimisation }) => optimisation !== null);
  const names = [...new Set(looking.map(({ arm }) => arm))];
  const traces = looking.map(({ arm, seed, optimisation }): Partial<Data> => {
    const index = names.indexOf(arm);
    let [used, best] = [0, -Infinity];
    const steps = optimisation!.trials.flatMap(({ epochs, fidelity, value }) => {
      used += epochs;
      if (fidelity === 1) best = Math.max(best, value);
      return best === -Infinity ? [] : [{ used, best }];
    });
    return {
      ...{ type: "scatter", mode: steps.length === 1 ? "markers" : "lines", name: arm, legendgroup: arm },
      showlegend:
        looking.findIndex((one) => one.arm === arm) ===
        looking.findIndex((one) => one.arm === arm && one.seed === seed),
      x: steps.map((step) => step.used),
      y: steps.map((step) => step.best),
      line: {
        ...{ color: seriesColors[index % seriesColors.length]!, width: 2, shape: "hv" },
        dash: dashes[index % dashes.length]!,
      },
      hovertemplate: `${arm}, seed ${seed}<br>%{y:.4f} after %{x} epochs<extra></extra>`,
    };
  });
  return makeFigure(traces, {
    title: { text: "The best settings so far<br><sub>a line for each seed; by the images that choose</sub>" },
    height: 400,
    xaxis: { title: { text: "epochs trained" }, rangemode: "tozero" },
    yaxis: { title: { text: "area under the curve, validation" } },
    showlegend: true,
  });
}
