/**
 * What stands around the plane of a figure, and the room that it takes: the heading above, the titles of the axes, the legend below.
 * A page gives a figure any width; text is broken into lines that a telephone has room for, and the figure grows by them.
 *
 * @module
 */
import type { Data, Layout } from "plotly.js";

import { axisRange } from "./axis-range";
import { wrapText } from "./wrap-text";

/** The size of the letters, in pixels; letters are about 0.6 of it wide. */
const [textSize, noteSize, titleSize] = [13, 12, 16];

/**
 * Letters in a line that fits a report's page on a telephone, 358 of its 390 pixels: of a heading, of the notes below it, of an entry of
 * the legend.
 */
const [titleLetters, noteLetters, legendLetters] = [34, 46, 42];

/** Heights of lines, in pixels. */
const [headingLine, legendLine, axisLine] = [21, 16, 17];

/** Between entries of a legend. */
const entryGap = 5;

/** Margins of a figure with a heading of one line and without a legend, in pixels. */
// At the right the buttons have room that show while the mouse is over the figure.
const plain = { l: 60, r: 28, t: 48, b: 56 };

const axisStyle = {
  automargin: true,
  showline: true,
  linecolor: "#888",
  gridcolor: "#e6e6e6",
  zeroline: false,
  ticks: "outside",
  tickcolor: "#888",
  nticks: 7,
} as const;

/**
 * Says how wide a figure is best drawn as a picture, as which it has no page to fill: a square one leaves the rest of a page empty.
 *
 * @param width The width in CSS pixels; a figure that says nothing is drawn 720 to 900 wide.
 * @returns A part of its layout.
 */
export function drawnWide(width: number): Partial<Layout> {
  return { meta: { drawnWide: width } } as object;
}

type Axis = Partial<Layout["xaxis"]>;

/**
 * Puts the frame around a figure.
 *
 * @param data The traces.
 * @param layout The figure's own layout; its height, by default 360, is that with a heading of one line and without a legend. In its
 *   title, what follows a `<br>` are notes.
 * @returns The layout, and the traces with names that fit into the legend.
 */
export function frameFigure(
  data: readonly Partial<Data>[],
  layout: Partial<Layout>,
): { data: Partial<Data>[]; layout: Partial<Layout> } {
  const heading = frameHeading(layout.title);
  const legend = frameLegend(data, layout);
  const height = layout.height ?? 360;
  const plane = height - plain.t - plain.b;
  const axes = frameAxes(data, layout, plane);
  const margin = { ...plain, ...layout.margin };
  return {
    data: legend.data,
    layout: {
      ...layout,
      ...axes.layout,
      ...heading.layout,
      ...legend.layout,
      height: height + heading.room + legend.room + axes.room,
      margin: { ...margin, t: margin.t + heading.room, b: margin.b + legend.room + axes.room },
    },
  };
}

function frameHeading(title: Layout["title"] | undefined): { layout: Partial<Layout>; room: number } {
  const given = typeof title === "string" ? title : (title?.text ?? "");
  const [first = "", ...rest] = given.replaceAll(/<\/?sub>/g, "").split(/<br\s*\/?>/i);
  const [main = "", ...more] = wrapText(first, titleLetters);
  const notes = rest.flatMap((line) => wrapText(line, noteLetters));
  const lines = [main, ...more, ...notes.map((line) => `<span style="font-size:${noteSize}px">${line}</span>`)];
  if (given === "") return { layout: {}, room: 0 };
  return {
    layout: {
      title: {
        ...{ text: lines.join("<br>"), font: { size: titleSize }, x: 0, xref: "container", xanchor: "left" },
        ...{ y: 1, yref: "container", yanchor: "top", automargin: false },
        // plotly sets the first of several lines higher than a single one, by this much.
        pad: { l: 12, t: lines.length > 1 ? 25 : 14 },
      },
    },
    room: headingLine * (lines.length - 1),
  };
}

function frameLegend(data: readonly Partial<Data>[], layout: Partial<Layout>) {
  const isEntry = (trace: Partial<Data>) => {
    const { name, showlegend } = trace as { name?: string; showlegend?: boolean };
    return name !== undefined && showlegend !== false;
  };
  const entries = data.filter(isEntry) as { name: string }[];
  if (layout.showlegend === false || entries.length < (layout.showlegend === true ? 1 : 2)) {
    return { data: [...data], layout: { showlegend: false }, room: 0 };
  }
  const wrapped = data.map((trace): Partial<Data> =>
    isEntry(trace) ? { ...trace, name: wrapText((trace as { name: string }).name, legendLetters).join("<br>") } : trace,
  );
  const room = entries
    .map(({ name }) => legendLine * wrapText(name, legendLetters).length + entryGap)
    .reduce((sum, one) => sum + one, 2 * entryGap);
  const style = {
    ...{ orientation: "v", traceorder: "normal", tracegroupgap: 0, font: { size: noteSize }, bgcolor: "rgba(0,0,0,0)" },
    // Kept inside by plotly, so at the left edge: bound to the container, it would widen the margin.
    ...{ x: -2, xref: "paper", xanchor: "left", y: 0, yref: "container", yanchor: "bottom" },
    ...layout.legend,
  };
  return { data: wrapped, layout: { showlegend: true, legend: style } as Partial<Layout>, room };
}

function frameAxes(data: readonly Partial<Data>[], layout: Partial<Layout>, plane: number) {
  const given = Object.entries({ xaxis: {}, yaxis: {}, ...layout } as Record<string, unknown>).filter(([key]) =>
    /^[xy]axis\d*$/.test(key),
  );
  let room = 0;
  const axes = given.map(([key, value]): [string, Axis] => {
    const axis = value as Axis;
    const own = { ...axisStyle, ...axis };
    const name = key.replace("axis", "");
    const ranged = axis.range === undefined && axis.autorange === undefined && axis.rangemode === undefined;
    const text = typeof axis.title === "string" ? axis.title : axis.title?.text;
    const isUpright = key.startsWith("y");
    const share = axis.domain === undefined ? 1 : axis.domain[1]! - axis.domain[0]!;
    const lines = text === undefined ? [] : wrapText(text, isUpright ? Math.floor((plane * share) / 7.6) : 44);
    if (!isUpright) room = Math.max(room, axisLine * (lines.length - 1));
    const title =
      lines.length === 0
        ? {}
        : { title: { standoff: 10, font: { size: textSize }, ...(axis.title as object), text: lines.join("<br>") } };
    return [key, { ...own, ...(ranged ? axisRange(data, name, axis.type) : {}), ...axis, ...title }];
  });
  return { layout: Object.fromEntries(axes) as Partial<Layout>, room };
}
