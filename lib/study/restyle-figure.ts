import type { Data, Layout } from "plotly.js";

import { drawnWide } from "../display/frame";
import { makeFigure, type Figure } from "../display/figure";
import { styleOfModel, type ModelKind, type ModelStyle } from "../display/model-style";

/** The margins and the heading of a figure without a legend, in pixels: its height is given with them. */
const [usualTop, usualBottom] = [48, 56];

/** Parts of a layout that are the style's; the rest is the figure's own. */
const ofStyle = ["font", "paper_bgcolor", "plot_bgcolor", "colorway", "legend", "margin", "modebar", "height", "width"];

/** The part of a trace of plotly's by which its model and its looks are known. */
interface Trace {
  readonly type?: string;
  readonly mode?: string;
  readonly name?: string;
  readonly legendgroup?: string;
  readonly hovertemplate?: string;
  readonly fillcolor?: string;
  readonly line?: { readonly width?: number };
  readonly marker?: { readonly color?: unknown; readonly size?: number };
  readonly error_x?: object;
  readonly error_y?: object;
}

/**
 * Gives a figure that an earlier version kept the look of today: the frame, and each model's colour, line and marker by its name. Its
 * numbers and words stay.
 *
 * @param figure The figure, as plain data.
 * @param kinds Where each of its models comes from, by their names.
 */
export function restyleFigure(figure: Figure, kinds: ReadonlyMap<string, ModelKind>): Figure {
  const traces = figure.data as Trace[];
  const data = traces.map((given, index) => {
    const trace = given.name === undefined ? given : { ...given, name: unbroken(given.name) };
    // A band comes before the curve that it is of.
    const model = modelOf(trace, kinds) ?? (isBand(trace) ? modelOf(traces[index + 1] ?? {}, kinds) : null);
    return model === null ? trace : restyleTrace(trace, styleOfModel(model, kinds.get(model)));
  });
  const { layout } = figure;
  const own = Object.entries(layout)
    .filter(([key]) => !ofStyle.includes(key))
    .map(unbreakAxis);
  const { height = 450, margin, width, meta } = layout as Partial<Layout> & { readonly meta?: object };
  const plane = height - (margin?.t ?? 100) - (margin?.b ?? 80);
  return makeFigure(data as Partial<Data>[], {
    ...Object.fromEntries(own),
    title: { text: textOf(layout.title) },
    height: plane + usualTop + usualBottom,
    ...(meta === undefined && width !== undefined ? drawnWide(width) : {}),
  });
}

// Lines that were broken for the frame are one again; what is smaller, or follows a break in a title without that, are notes.
function textOf(title: Layout["title"] | undefined): string {
  const lines = (typeof title === "string" ? title : (title?.text ?? "")).split(/<br\s*\/?>/i);
  const first = lines.findIndex((line, index) => index > 0 && /^<(span|sub)[\s>]/i.test(line));
  const parts = first < 0 ? [lines] : [lines.slice(0, first), lines.slice(first)];
  return parts.map((part) => part.join(" ").replaceAll(/<\/?(span|sub)(\s[^>]*)?>/gi, "")).join("<br>");
}

// Those of axes and of the legend likewise.
const unbroken = (text: string) => text.replaceAll(/<br\s*\/?>/gi, " ");

function unbreakAxis([key, value]: [string, unknown]): [string, unknown] {
  const { title } = value as { title?: { text?: string } };
  if (!/^[xy]axis\d*$/.test(key) || title?.text === undefined) return [key, value];
  return [key, { ...(value as object), title: { ...title, text: unbroken(title.text) } }];
}

const isBand = ({ name, fillcolor }: Trace) => name === undefined && fillcolor !== undefined;

// By its group, else by how its words begin; of "box" and "box geometry" the longer.
function modelOf(trace: Trace, kinds: ReadonlyMap<string, ModelKind>): string | null {
  const { legendgroup, name, hovertemplate = "" } = trace;
  if (legendgroup !== undefined && kinds.has(legendgroup)) return legendgroup;
  const words = name ?? hovertemplate;
  const found = [...kinds.keys()]
    .filter((model) => words.startsWith(model) && /^($|:|,|<br>)/.test(words.slice(model.length)))
    .sort((one, other) => other.length - one.length);
  return found[0] ?? null;
}

function restyleTrace(trace: Trace, { color, band, width, dash, symbol }: ModelStyle) {
  const { type, mode = "", fillcolor, line, marker, error_x, error_y } = trace;
  if (fillcolor !== undefined) return { ...trace, fillcolor: band };
  // What is dark is no model's own: a mean, a mark of a cut.
  const isOwn = marker !== undefined && marker.color !== "#222";
  const bars = (error: object | undefined, key: string) =>
    error === undefined || !isOwn ? {} : { [key]: { ...error, color } };
  return {
    ...trace,
    ...(mode.includes("lines") && line?.width !== 0 ? { line: { ...line, color, width, dash } } : {}),
    ...(isOwn ? { marker: type === "bar" ? { ...marker, color } : { ...marker, color, symbol } } : {}),
    ...bars(error_x, "error_x"),
    ...bars(error_y, "error_y"),
  };
}
