import type { Data } from "plotly.js";
import * as v from "valibot";

import { seriesColors } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import { oneOf, text } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { quantile } from "../../statistics/summary";
import { frontOf, type FrontPoint } from "../front";

const costs = {
  parameters: "parameters",
  multiplyAdds: "multiply-adds of one image",
  milliseconds: "time of one image (ms)",
} as const;

const frontOptions = v.strictObject({
  /** What costs are. */
  cost: oneOf(["parameters", "multiplyAdds", "milliseconds"]),
  /** What is said above. */
  title: v.optional(text(), "Area against cost"),
  /** What networks are worth: the label of the upright axis. */
  measure: v.optional(text(), "area under the curve"),
});

/** What is drawn against what. @interface */
export type FrontOptions = v.InferInput<typeof frontOptions>;

/**
 * A network is drawn at the edge that is below the lower quartile by more than so many times what is between the quartiles (Tukey's outer
 * fence), of which there is at least this share of the upper one: networks that hardly differ have none far below.
 */
const [farBelow, leastBetween] = [3, 0.01];

/** Up to so many networks each has the bar of its interval; of more, those of the front. */
const mostBars = 16;

const symbols = ["circle", "square", "triangle-up", "diamond", "cross"] as const;

/**
 * Draws what networks are worth against what they cost, with intervals and with the front that none beats in both. The band is between
 * the fronts of the lower and of the upper ends of the intervals: where it is wide, the front says little of which networks are on it.
 * Networks that lie far below all others, as those that did not train do, stand at the lower edge; what they are worth is said on hover.
 *
 * @param points The networks.
 * @throws {Problem} Where there are none, or one costs nothing.
 */
export function drawFront(points: readonly FrontPoint[], options: FrontOptions): Figure {
  const { cost, title, measure } = checkOptions("drawFront", frontOptions, options);
  const free = points.find((point) => !(point.cost > 0));
  if (points.length === 0 || free !== undefined)
    throw new Problem(
      free === undefined
        ? "There are no networks to be drawn."
        : `${free.name} costs ${free.cost}, expected more than 0.`,
      "Give networks with what they cost.",
    );
  const front = frontOf(points);
  const onFront = new Set(front);
  const most = Math.max(...points.map((point) => point.cost));
  const groups = [...new Set(points.map(({ group }) => group))];
  const said = ({ name, value, low, high }: FrontPoint) =>
    `${name}<br>${value.toFixed(4)}${low === null || high === null ? "" : ` [${low.toFixed(4)}, ${high.toFixed(4)}]`}`;
  const withBar = (point: FrontPoint) => points.length <= mostBars || onFront.has(point);
  const { near, far, range } = splitFarBelow(points, (point) => withBar(point) && point.low !== null);
  const marks = groups.map((group, index): Partial<Data> => {
    const own = near.filter((point) => point.group === group);
    const color = seriesColors[index % seriesColors.length]!;
    return {
      ...{ type: "scatter", mode: "markers", name: group },
      x: own.map((point) => point.cost),
      y: own.map(({ value }) => value),
      error_y: {
        ...{ type: "data", symmetric: false, color: "#888", thickness: 1, width: 3 },
        array: own.map((point) => (withBar(point) ? (point.high ?? point.value) - point.value : 0)),
        arrayminus: own.map((point) => (withBar(point) ? point.value - (point.low ?? point.value) : 0)),
      },
      marker: {
        color,
        symbol: symbols[index % symbols.length]!,
        size: 8,
        opacity: points.length > mostBars ? 0.75 : 1,
      },
      text: own.map(said),
      hovertemplate: `%{text}<br>cost %{x:,}<extra>${group}</extra>`,
    };
  });
  const bounded = points.every(({ low, high }) => low !== null && high !== null);
  const edge = far.length === 0 ? [] : [atEdge(far, range![0], said)];
  return makeFigure([...(bounded ? bandOf(points, most) : []), ...marks, ...edge, lineOf(front, most)], {
    title: {
      text: `${title}<br><sub>line: beaten by none in both; band: the same of the intervals' ends; up and to the left is better</sub>`,
    },
    height: 440,
    xaxis: { title: { text: costs[cost] }, type: "log" },
    yaxis: { title: { text: measure }, ...(range === null ? {} : { range }) },
  });
}

/** Finds the networks that would squeeze all others; the range of the others is null where there are none. */
function splitFarBelow(points: readonly FrontPoint[], hasBar: (point: FrontPoint) => boolean) {
  const values = points.map(({ value }) => value);
  const [lower, upper] = [quantile(values, 0.25), quantile(values, 0.75)];
  const fence = lower - farBelow * Math.max(upper - lower, leastBetween * Math.abs(upper));
  const near = points.filter(({ value }) => value >= fence);
  if (near.length === points.length) return { near, far: [], range: null };
  const low = Math.min(...near.map((point) => (hasBar(point) ? point.low! : point.value)));
  const high = Math.max(...near.map((point) => point.high ?? point.value));
  const room = 0.06 * (high - low) || 0.01;
  const range: [number, number] = [low - room, high + room];
  return { near, far: points.filter(({ value }) => value < fence), range };
}

function atEdge(far: readonly FrontPoint[], edge: number, said: (point: FrontPoint) => string): Partial<Data> {
  return {
    ...{ type: "scatter", mode: "markers", name: `far below (${far.length})`, cliponaxis: false },
    x: far.map((point) => point.cost),
    y: far.map(() => edge),
    marker: { color: "#000000", symbol: "triangle-down-open", size: 9 },
    text: far.map(said),
    hovertemplate: "%{text}<br>cost %{x:,}<extra>far below</extra>",
  };
}

function lineOf(front: readonly FrontPoint[], most: number): Partial<Data> {
  return {
    ...{ type: "scatter", mode: "lines", name: "beaten by none", hoverinfo: "skip" },
    ...stepsOf(front, most, ({ value }) => value),
    line: { color: "#000000", width: 1.5, shape: "hv" },
  };
}

// Two lines of which the second fills what is between them.
function bandOf(points: readonly FrontPoint[], most: number): Partial<Data>[] {
  const ends = [({ low }: FrontPoint) => low!, ({ high }: FrontPoint) => high!];
  return ends.map((end, index) => ({
    ...{ type: "scatter", mode: "lines", hoverinfo: "skip" },
    ...{ name: "front of the intervals' ends", showlegend: index === 1 },
    ...stepsOf(frontOf(points, end), most, end),
    line: { width: 0, shape: "hv", color: "rgba(0,0,0,0.3)" },
    fill: index === 0 ? "none" : "tonexty",
    fillcolor: "rgba(0,0,0,0.1)",
  }));
}

// To the costliest network: what a front gives, it gives to all who can pay more.
function stepsOf(front: readonly FrontPoint[], most: number, valueOf: (point: FrontPoint) => number) {
  const last = front.at(-1)!;
  return { x: [...front.map((point) => point.cost), most], y: [...front.map(valueOf), valueOf(last)] };
}
