/**
 * From a search to one named winner, and the controls that say whether it is worth anything.
 *
 * @module
 */
export { deriveWinner } from "./derive-winner";
export { figuresOfArms } from "./figures";
export { trainControl } from "./random-control";
export { tellVerdict } from "./tell-verdict";
