/**
 * Models saved with all that is needed to use them, loaded again, and applied to image files.
 *
 * @module
 */
export { loadRelease } from "./load-release";
export { releaseModel } from "./release-model";
