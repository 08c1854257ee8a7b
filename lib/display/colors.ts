/**
 * The colours of the project, from Okabe and Ito's palette ("Color Universal Design", 2008), whose members can be told
 * apart with any kind of colour vision. A class has the same colour everywhere, and a second mark beside it, because
 * print in black and white shows benign and malignant nearly alike.
 *
 * @module
 */

/** How one class is drawn. */
export interface ClassStyle {
  /** Its colour, as CSS. */
  readonly color: string;
  /** Its line, as plotly names it. */
  readonly dash: "solid" | "dash" | "dot";
  /** Its marker, as plotly names it. */
  readonly symbol: "circle" | "triangle-up" | "square";
}

/** How each class is drawn, in every figure and every table. */
export const classStyles: Readonly<Record<"benign" | "malignant" | "normal", ClassStyle>> = {
  benign: { color: "#0072B2", dash: "solid", symbol: "circle" },
  malignant: { color: "#D55E00", dash: "dash", symbol: "triangle-up" },
  normal: { color: "#666666", dash: "dot", symbol: "square" },
};

/** Colours for anything that is not a class, in the order in which they are used; those of the classes are left out. */
export const seriesColors: readonly string[] = ["#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"];

/** The lines around lesions, where pictures are drawn: as an expert has drawn them, and as a network has found them. */
export const outlineColors = { expert: "#E69F00", found: "#56B4E9" } as const;
