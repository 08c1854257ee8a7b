import type { Figure } from "../../display/figure";
import { mean } from "../../statistics/summary";
import { drawFront } from "../../trials/figures/draw-front";
import { levelsOf } from "../../trials/levels";
import type { Benchmark } from "../benchmark";
import { labelsOf, type LabelChoice } from "../labels";

/** Networks that do not train by the table's recipe end below this area, and would widen the intervals of all others. */
const trainedFrom = 0.8;

/**
 * Draws area against multiply-adds of the networks of a table, with the front and its band.
 *
 * @param choice Which trainings.
 * @returns The figure, and how many networks are left out of it because they do not train by the table's recipe.
 * @throws {Problem} Where there are no such trainings.
 */
export function drawTableFront(
  { rows, networks }: Pick<Benchmark, "rows" | "networks">,
  choice: LabelChoice,
): { readonly figure: Figure; readonly leftOut: number } {
  const { places, areas } = labelsOf(rows, choice);
  const trained = areas.map((own) => mean([...own]) > trainedFrom);
  const trainings = areas.flatMap((own, candidate) =>
    trained[candidate] ? own.map((area, fold) => ({ candidate, fold, area })) : [],
  );
  const points = levelsOf(trainings).map(({ candidate, value, low, high }) => {
    const place = places[candidate]!;
    const { multiplyAdds } = networks.find((one) => one.set === choice.set && one.place === place)!;
    return { name: `${choice.set} ${place}`, group: choice.set, cost: multiplyAdds, value, low, high };
  });
  return {
    figure: drawFront(points, { cost: "multiplyAdds", title: "Networks of the table" }),
    leftOut: trained.filter((one) => !one).length,
  };
}
