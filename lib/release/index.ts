/**
 * Models saved with all that is needed to use them, loaded again, and applied to image files.
 *
 * @module
 */
export { loadRelease } from "./load-release";
export { pagePasses } from "./page-passes";
export { releaseModel } from "./release-model";
