/**
 * Models saved with all that is needed to use them, loaded again, and applied to image files.
 *
 * @module
 */
export { checkCard, releaseClasses } from "./card";
export type { ReleaseCard, ReleaseData, ReleaseStatement } from "./card";
export { loadRelease } from "./load-release";
export type { LoadedRelease, ReleasePrediction } from "./load-release";
export { lookAtPicture } from "./look-at-picture";
export { writeModelCard } from "./model-card";
export type { LesionPlace, ModelInput } from "./prepare-input";
export { releaseModel } from "./release-model";
export type { ReleaseContents, ReleaseOptions } from "./release-model";
