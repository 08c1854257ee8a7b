import type { Figure } from "../display/figure";

/** A figure as a page draws it. */
export interface FigureData {
  /** The first line of its title, as plain text. */
  readonly title: string;
  /** The other lines; empty where there are none. */
  readonly subtitle: string;
  /** Traces and layout as JSON that may stand inside a `script` element. */
  readonly json: string;
}

/** Names that would reach the prototypes of a page's objects. */
const forbidden: readonly string[] = ["__proto__", "constructor", "prototype"];

/** Heights that a figure needs less without its title, in pixels: of the first line, and of each further one. */
const [titleHeight, lineHeight] = [28, 21];
const leastMargin = 28;

/** Titles of axes are set in this size, in pixels: plotly's own is too large for the upright axis of a low figure. */
const axisTitleSize = 13;

/**
 * Takes a figure apart for a page: the title stands above it as text, which wraps where there is little room, and the rest is
 * JSON in which nothing can end the element that it stands in.
 */
export function takeFigureApart({ data, layout }: Figure): FigureData {
  const { title, ...rest } = layout;
  const [first = "", ...others] = linesOf(title);
  const top = rest.margin?.t ?? 0;
  // By as much as the margin shrinks: the area of the plot stays as its labels were placed in it.
  const heading = titleHeight + lineHeight * (partsOf(title).length - 1);
  const less = Math.max(0, Math.min(heading, top - leastMargin));
  const trimmed = {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withTitleSize(key, value)])),
    margin: { ...rest.margin, t: top - less },
    ...(rest.height === undefined ? {} : { height: rest.height - less }),
  };
  return { title: first, subtitle: others.join(" "), json: scriptJson({ data, layout: trimmed }) };
}

/** Reads the first line of a figure's title, without plotly's own marks; empty where it has none. */
export function titleOfFigure({ layout }: Pick<Figure, "layout">): string {
  return linesOf(layout.title)[0] ?? "";
}

/**
 * Writes data as JSON that may stand inside a `script` element.
 *
 * @param value Plain data; typed arrays become lists, and numbers that are not finite null.
 */
export function scriptJson(value: unknown): string {
  const text = JSON.stringify(value, (key, one: unknown) => {
    if (forbidden.includes(key)) return undefined;
    return ArrayBuffer.isView(one) && !(one instanceof DataView) ? Array.from(one as Float32Array) : one;
  });
  return text.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

function withTitleSize(key: string, value: unknown): unknown {
  if (!/^[xy]axis\d*$/.test(key)) return value;
  const axis = value as { title?: { text?: string; font?: object } };
  if (axis.title?.text === undefined) return value;
  return { ...axis, title: { ...axis.title, font: { size: axisTitleSize, ...axis.title.font } } };
}

// A subtitle of plotly's own stands beside the text.
function linesOf(title: Figure["layout"]["title"]): string[] {
  const subtitle = typeof title === "string" ? "" : title?.subtitle;
  const below = typeof subtitle === "string" ? subtitle : subtitle?.text;
  const parts = partsOf(title);
  // A heading of several lines is one; notes are set in another size.
  const notes = parts.findIndex((part, index) => index > 0 && /^<(span|sub)[\s>]/i.test(part.trim()));
  const end = notes < 0 ? parts.length : notes;
  return [parts.slice(0, end).join(" "), ...parts.slice(end), ...(below ?? "").split(/<br\s*\/?>/i)]
    .map((line) => line.replaceAll(/<\/?(b|i|em|strong|sub|sup|span)(\s[^>]*)?>/gi, "").trim())
    .filter((line) => line !== "");
}

const partsOf = (title: Figure["layout"]["title"]) =>
  ((typeof title === "string" ? title : title?.text) ?? "").split(/<br\s*\/?>/i);
