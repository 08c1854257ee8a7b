/**
 * The study as a whole: its notebooks, run without a screen or opened in JupyterLab.
 *
 * @module
 */
export { listChapters } from "./contents";
export { keepComparison } from "./comparison-files";
export { compareStudies } from "./compare-studies";
export { comparisonFigures } from "./comparison-figures";
export { evaluateModels } from "./evaluate-models";
export { costTable } from "./cost-table";
export { attentionTable, groupsOf, heatMapImages, occlude, summariseAttention } from "./explain-study";
export { testExternally } from "./external";
export { showExternal, showTestedElsewhere } from "./show-external";
export { gatherModels } from "./gather-models";
export { listStudies } from "./standing-study";
export { chooseStudy, chosenStudy } from "./chosen-study";
export { showChoices } from "./list-choices";
export { deriveWinners, runUniformControl, trainControls } from "./derive-winners";
export { optimiseNetworks } from "./optimise-networks";
export { showOptimised } from "./show-optimised";
export { openStudy } from "./open-study";
export type { Study } from "./open-study";
export { tellOutcome } from "./last-time";
export { releaseWinner } from "./release-winner";
export { placeOf } from "./layout";
export { runSearches } from "./run-searches";
export { bestOfSearches, figuresOfSearches, tableOfSearches } from "./search-figures";
export { judgePrimary } from "./primary";
export { reportStudy } from "./study-report";
export { tellChanges } from "./tell-changes";
export { trivialBaselines } from "./trivial-baselines";
export { tuningTable } from "./tuning-table";
export { validateNetworks } from "./validate-networks";
export { foundPlan } from "./validation-plans";
export { keepVerdicts } from "./verdicts";
export { keepWinner, readWinner } from "./winner";
