/**
 * The one door of the library. The rooms stand in the order in which data flows through them: a room imports only from
 * the rooms above it, and a test holds that.
 *
 * A room gives here what a notebook has a use for. All else is internal and may change at any time; it is reachable as
 * `sononas/dist/<room>/<file>`.
 *
 * @module
 */
export { tf } from "./runtime/tensorflow";

export * as runtime from "./runtime";
export * as display from "./display";
export * as files from "./files";
export * as runs from "./runs";
// units gives no names: cross-validations and studies run by it.
export * as pictures from "./pictures";
// dicom gives no names: it is read where a set is brought in.
export * as statistics from "./statistics";
export * as data from "./data";
export * as graph from "./graph";
export * as space from "./space";
export * as kernels from "./kernels";
export * as networks from "./networks";
export * as train from "./train";
export * as segment from "./segment";
export * as controller from "./controller";
export * as search from "./search";
export * as trials from "./trials";
export * as derive from "./derive";
// optimise gives no names: studies run it.
export * as evaluate from "./evaluate";
export * as validate from "./validate";
export * as tabular from "./tabular";
export * as compare from "./compare";
// external gives no names: studies are tested by it.
export * as explain from "./explain";
// onnx gives no names: a loaded release writes it.
export * as release from "./release";
export * as apply from "./apply";
export * as report from "./report";
// bench gives no names: it is `npm run bench`.
export * as study from "./study";
// variants gives no names: inputs and remedies are run by it.
// inputs gives no names: it is `npm run inputs`.
// remedies gives no names: it is `npm run remedies`.
// gallery gives no names: it is `npm run page`.
