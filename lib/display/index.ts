/**
 * What a person sees: tables, figures, images and progress, in a notebook or in a terminal.
 *
 * @module
 */
export { classStyles, seriesColors } from "./colors";
export type { ClassStyle } from "./colors";
export { makeFigure, showFigure } from "./figure";
export type { Figure } from "./figure";
export { escapeHtml } from "./html";
export { encodeGray, showImages } from "./images";
export type { GrayImage, ImagesOptions } from "./images";
export { colorOfModel, styleOfModel } from "./model-style";
export type { ModelKind, ModelStyle } from "./model-style";
export { inNotebook, openSlot, show } from "./notebook";
export type { MimeBundle, Slot } from "./notebook";
export { formatDuration, formatProgress, startProgress, tellProgressOf } from "./progress";
export type { Progress, ProgressOptions, ProgressSink, ProgressState } from "./progress";
export { formatCell, showTable } from "./table";
export { thinFigure, thinTolerance } from "./thin-figure";
export type { TableCell, DataFrameLike, TableOptions } from "./table";
