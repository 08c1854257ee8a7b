/**
 * The search: shared weights and a strategy, trained in turns.
 *
 * @module
 */
export { drawChoices, drawPareto, drawSearch } from "./figures";
export { searchPresets } from "./presets";
export { readSearch } from "./read-search";
export { runSearch } from "./run-search";
export { checkSearch } from "./search-options";
export type { SearchOptions } from "./search-options";
