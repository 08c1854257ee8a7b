/**
 * The study as a whole: its notebooks, run without a screen or opened in JupyterLab.
 *
 * @module
 */
export { chapters, listChapters } from "./contents";
export type { Chapter, ChapterRow } from "./contents";
