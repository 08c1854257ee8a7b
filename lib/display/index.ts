/**
 * What a person sees: tables, figures, images and progress, in a notebook or in a terminal.
 *
 * @module
 */
export { classStyles, seriesColors } from "./colors";
export { makeFigure, showFigure } from "./figure";
export type { Figure } from "./figure";
export { showImages } from "./images";
export { styleOfModel } from "./model-style";
export { startProgress, tellProgressOf } from "./progress";
export { formatCell, showTable } from "./table";
export { showText } from "./text";
