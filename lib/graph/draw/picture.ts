/**
 * From a description of boxes and arrows to a picture, by Graphviz, which a package holds as WebAssembly.
 *
 * @module
 */
import { escapeHtml } from "../../display/html";

/** A picture, ready to be shown or written to a file. */
export interface Drawing {
  /** The picture as an SVG file, which names no other file. */
  readonly svg: string;
  /** What it shows, in one line. */
  readonly title: string;
  /** What it shows, in words, for those who cannot see it. */
  readonly description: string;
  /** Its width where there is room for it, in CSS pixels; at most 900. */
  readonly width: number;
  /** Its height at that width, in CSS pixels. */
  readonly height: number;
}

/** Attributes of Graphviz by name; a label may be of the HTML that Graphviz knows. */
export type Attributes = Record<string, string | number | boolean | { html: string }>;

/** Boxes and arrows. */
export interface Diagram {
  /** What holds for the whole. */
  readonly graphAttributes?: Attributes;
  /** The boxes. */
  readonly nodes: { readonly name: string; readonly attributes: Attributes }[];
  /** The arrows between them, by the names of the boxes. */
  readonly edges: { readonly tail: string; readonly head: string; readonly attributes?: Attributes }[];
  /** Boxes that belong together; they get a frame where the name begins with "cluster". */
  readonly subgraphs?: {
    readonly name: string;
    readonly graphAttributes: Attributes;
    readonly nodes: { readonly name: string }[];
  }[];
}

/** The widest that a picture is shown, in CSS pixels: the width of a notebook's output. */
export const pageWidth = 900;

/** A part of a picture: what stands inside the `svg` element, and its size in CSS pixels. */
export interface DrawingPart {
  readonly content: string;
  /** Width, in CSS pixels. */
  readonly width: number;
  /** Height, in CSS pixels. */
  readonly height: number;
}

const font = { fontname: "Helvetica", fontsize: 11 };

/**
 * Lets Graphviz draw boxes and arrows.
 *
 * @param diagram The boxes and arrows; their texts are written by {@link plain} or in Graphviz' HTML.
 * @param engine `dot` finds places from above to below; `nop2` takes the places that are given as `pos`.
 * @returns The picture; the same for the same diagram.
 */
export async function renderDiagram(diagram: Diagram, engine: "dot" | "nop2" = "dot"): Promise<DrawingPart> {
  // Loaded when something is drawn: it is a megabyte of WebAssembly.
  const { instance } = await import("@viz-js/viz");
  const svg = (await instance()).renderString(diagram, {
    format: "svg",
    engine,
    graphAttributes: { ...font, outputorder: "nodesfirst" },
    nodeAttributes: { ...font, shape: "box", style: "filled,rounded", fillcolor: "#FFFFFF", color: "#444444" },
    edgeAttributes: { ...font, color: "#444444", arrowsize: 0.6 },
  });
  const [, width, height] = /<svg width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg) as unknown as string[];
  // Without the comments and titles, which hold the names of boxes only.
  const content = svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/<!--[\s\S]*?-->\n?|<title>[\s\S]*?<\/title>\n?| id="[^"]*"/g, "");
  return { content: content.trim(), width: Number(width), height: Number(height) };
}

/**
 * Puts parts into one picture: side by side as far as the page is wide, then below, like words.
 *
 * @param parts The parts, at least one.
 * @param title What the picture shows, in one line.
 * @param description What it shows, in words.
 * @param legend What its colours mean, in a line of its own below; default: null, nothing.
 * @returns The picture; a part that is wider than the page makes all of it smaller.
 */
export function composeDrawing(
  parts: readonly DrawingPart[],
  title: string,
  description: string,
  legend: DrawingPart | null = null,
): Drawing {
  const lines = breakLines(parts).map((line) => standBeside(line));
  const { content, width, height } = standBelow([...lines, ...(legend === null ? [] : [legend])]);
  const scale = Math.min(1, pageWidth / width);
  const [shownWidth, shownHeight] = [Math.round(width * scale), Math.round(height * scale)];
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${shownWidth}" height="${shownHeight}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeHtml(writable(title))}</title>`,
    `<desc>${escapeHtml(writable(description))}</desc>`,
    `${content}</svg>`,
  ].join("\n");
  return { svg, title, description, width: shownWidth, height: shownHeight };
}

/** Between parts, in CSS pixels. */
const gap = 24;

/**
 * Puts parts side by side, their upper edges in one line.
 *
 * @param parts The parts, at least one.
 */
export function standBeside(parts: readonly DrawingPart[]): DrawingPart {
  if (parts.length === 1) return parts[0]!;
  const height = Math.max(...parts.map((part) => part.height));
  let [left, content] = [0, ""];
  for (const part of parts) {
    content += placed(part, left, 0);
    left += part.width + gap;
  }
  return { content, width: left - gap, height };
}

/**
 * Puts parts below each other, each in the middle.
 *
 * @param parts The parts, at least one.
 */
export function standBelow(parts: readonly DrawingPart[]): DrawingPart {
  if (parts.length === 1) return parts[0]!;
  const width = Math.max(...parts.map((part) => part.width));
  let [top, content] = [0, ""];
  for (const part of parts) {
    content += placed(part, (width - part.width) / 2, top);
    top += part.height + gap;
  }
  return { content, width, height: top - gap };
}

const placed = ({ content, width, height }: DrawingPart, x: number, y: number) =>
  `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n${content}\n</svg>\n`;

function breakLines(parts: readonly DrawingPart[]): DrawingPart[][] {
  const lines: DrawingPart[][] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && standBeside([...line, part]).width <= pageWidth) line.push(part);
    else lines.push([part]);
  }
  return lines;
}

/**
 * Sets the lines of labels of Graphviz' HTML in the middle of their boxes, whatever font a viewer has: Graphviz places where a line
 * begins, by the widths of its own.
 *
 * @param part The part; all its labels are to be centred.
 */
export function centreLabels(part: DrawingPart): DrawingPart {
  const content = part.content.replace(/<g class="node">[\s\S]*?<\/g>/g, (node) => {
    const outline = /<(?:polygon|path)[^>]* (?:points|d)="([^"]*)"/.exec(node)![1]!;
    const across = [...outline.matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x));
    const middle = (Math.min(...across) + Math.max(...across)) / 2;
    return node.replace(/text-anchor="start" x="[^"]*"/g, `text-anchor="middle" x="${middle.toFixed(2)}"`);
  });
  return { ...part, content };
}

/**
 * Makes text safe to be a label of Graphviz, which would take backslashes and `&` for codes.
 *
 * @param text Any text; new lines stay.
 * @returns The label.
 */
export function plain(text: string): string {
  return writable(text).replaceAll("&", "&amp;").replaceAll("\\", "\\\\");
}

/**
 * Makes text safe to stand in a label of Graphviz' HTML.
 *
 * @param text Any text, of one line.
 * @returns The text.
 */
export function plainInHtml(text: string): string {
  return escapeHtml(writable(text)).replaceAll("\\", "\\\\");
}

// XML has no way to write most control characters, and none for half a pair of surrogates.
function writable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    "\ufffd",
  );
}
