/**
 * From a search to one named winner, and the controls that say whether it is worth anything.
 *
 * @module
 */
export { armsOf } from "./arms";
export type { Arm } from "./arms";
export { bestFirst } from "./candidate";
export type { Candidate } from "./candidate";
export { deriveWinner } from "./derive-winner";
export type { Derivation, DeriveOptions, DeriveTask } from "./derive-winner";
export { drawArms, drawScoreAgreement } from "./figures";
export { judgeSearch } from "./judge-search";
export type { ArmSummary, SearchVerdict } from "./judge-search";
export { judgeSearches } from "./judge-searches";
export type { JudgedSearch, NamedSearch } from "./judge-searches";
export { trainControl } from "./random-control";
export type { ControlOptions } from "./random-control";
export { readCandidates } from "./read-candidates";
export type { KeptCandidates } from "./read-candidates";
export { trainStandAlone } from "./stand-alone";
export type { StandAlone, StandAloneTask } from "./stand-alone";
export { tellVerdict } from "./tell-verdict";
