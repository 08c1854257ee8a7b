/**
 * The search: shared weights and a strategy, trained in turns.
 *
 * @module
 */
export { drawChoices, drawPareto, drawSearch, paretoFront } from "./figures";
export { openSearch } from "./open-search";
export { searchPresets } from "./presets";
export type { SearchPreset } from "./presets";
export { readSearch, readSearchRun } from "./read-search";
export type { SearchRecords } from "./read-search";
export { createScorer, rewardMeasures } from "./reward";
export type { RewardMeasure, RewardOptions, Scorer, SharedScore } from "./reward";
export { runSearch } from "./run-search";
export type { SearchResult, SearchTask } from "./run-search";
export { checkSearch, searchDefaults } from "./search-options";
export type { CheckedSearch, SearchOptions, SearchStrategy } from "./search-options";
export { countChoices } from "./search-record";
export type { ChoiceCounts, ScoredRecord, SearchEpoch } from "./search-record";
export { Searcher } from "./searcher";
export type { ScoredArchitecture, SearchImages, UpdateResult } from "./searcher";
export { formatSearchEpoch, watchSearch } from "./watch-search";
export type { SearchWatch } from "./watch-search";
