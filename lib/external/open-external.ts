import * as v from "valibot";

import { tellProgressOf } from "../display/progress";
import type { Inspection } from "../data/inspect/inspection";
import { needsMask, type PreparationOptions } from "../data/prepare/configuration";
import { prepare } from "../data/prepare/prepare";
import type { Prepared } from "../data/prepare/prepared";
import { usableRecords } from "../data/prepare/usable-records";
import type { ImageRecord } from "../data/records/record";
import type { DataSet } from "../data/sets/data-set";
import { contradictionCheck, findContradictions, loadDataSet, type LoadedSet } from "../data/sets/load";
import { dataRoot } from "../runtime/environment";
import { nullable, oneOf, passed, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { findLesions, type ExternalFinder } from "./find-lesions";
import { findShared } from "../data/inspect/shared-images";
import { joint } from "../data/sets/joined-set";

const externalOptions = v.strictObject({
  /** The folder with the data sets; default: `SONONAS_DATA`, else `data/`. */
  root: v.optional(text("a folder"), dataRoot),
  /** What happens to images that the study has too, or that look like one of them: "stop" or "leave-out". Default: "stop". */
  shared: v.optional(oneOf(["stop", "leave-out"]), "stop"),
  /** What happens to images with errors, see `loadDataSet`. Default: "stop". */
  onError: v.optional(oneOf(["stop", "leave-out"]), "stop"),
  /** What happens to identical images with different labels. Default: "stop". */
  onContradiction: v.optional(oneOf(["stop", "leave-out", "keep"]), "stop"),
  /** What happens to images of normal tissue: as in the study whose networks are tested. Default: "leave-out". */
  normal: v.optional(oneOf(["leave-out", "benign"]), "leave-out"),
  /** A network that finds the lesions of images which lack what networks look at; default: null, such images are left out. */
  finder: v.optional(nullable(passed<ExternalFinder>("a finder: { training, keep }")), null),
});

/** How another set is opened. @interface */
export type ExternalOptions = v.InferInput<typeof externalOptions>;

/** The images that the networks of an external test have learned from or were chosen by. */
export interface OwnImages {
  /** The name of their set. */
  readonly dataset: string;
  readonly inspections: readonly Inspection[];
  /** How they were prepared: the other set's images are prepared alike. */
  readonly preparation: PreparationOptions;
}

/** The images of another set, prepared as the networks need them. */
export interface ExternalImages {
  readonly dataset: string;
  readonly set: DataSet;
  readonly dataHash: string;
  readonly records: readonly ImageRecord[];
  /** What was seen of them, in the same order. */
  readonly inspections: readonly Inspection[];
  readonly prepared: Prepared;
  /** The names of those whose lesions a network has found, as nobody had drawn them. */
  readonly found: ReadonlySet<string>;
  /** What was left out, and what the set lacks, in sentences. */
  readonly notices: readonly string[];
}

/**
 * Opens another set for a test of networks that have not learned from it: loads it, looks for images that both sets have, and prepares
 * what is left as the networks' own images were prepared.
 *
 * @param dataset Its name, as `npm run data -- list` has it; one's own sets included.
 * @param own The images of the study.
 * @throws {Problem} Where it is the study's own set, is not there or damaged, shares images with the study, has one class only, or no
 *   outline or box where the networks look at the lesion.
 */
export async function openExternal(
  dataset: string,
  own: OwnImages,
  options: ExternalOptions = {},
): Promise<ExternalImages> {
  const { root, shared, onError, onContradiction, normal, finder } = checkOptions(
    "openExternal",
    externalOptions,
    options,
  );
  if (dataset === own.dataset || own.dataset.split(joint).includes(dataset)) {
    throw new Problem(
      `${dataset} is ${dataset === own.dataset ? "the study's own set" : "one of the study's sets"}: an external test is of images of another.`,
      "Name another set; `npm run data -- list` has those that are there.",
    );
  }
  const onProgress = tellProgressOf(`look at ${dataset}`);
  // What stops is told here: the advice of a load is for the study's own set.
  const drawn = await loadDataSet(dataset, {
    ...{ root, onProgress, onError: "leave-out" },
    onContradiction: onContradiction === "stop" ? "keep" : onContradiction,
  });
  if (onError === "stop") requireSound(dataset, drawn);
  if (onContradiction === "stop") requireAgreement(dataset, drawn);
  const { preparation } = own;
  const lesions = finder === null ? null : await findLesions(dataset, drawn, preparation, finder);
  const loaded = lesions?.loaded ?? drawn;
  const usable = usableRecords(loaded, { normal, withoutLesion: "leave-out", preparation });
  if (usable.records.length === 0) {
    throw new Problem(
      `None of the ${loaded.records.length} images of ${dataset} has ${needsMask(preparation) ? "an outline" : "an outline or a box"} of its lesion, and the networks look at the lesion.`,
      "Draw boxes, by `npm run page -- --boxes boxes.html`, or give masks; let a network find the lesions, --finder DIR; or test networks of a study that takes pictures whole.",
    );
  }
  const common = findShared(own.inspections, usable.inspections);
  if (common.length > 0 && shared === "stop") {
    const [first] = common;
    throw new Problem(
      `${common.length} of ${usable.records.length} images of ${dataset} are among those of ${own.dataset}, or look like one: "${first!.external}" is "${first!.own}"${first!.identical ? "" : ` (correlation ${first!.correlation.toFixed(3)})`}, for example. Networks have learned from them.`,
      leaveOut("shared", dataset, "without-shared"),
    );
  }
  const known = new Set(common.map(({ external }) => external));
  const kept = usable.records.map((_, place) => place).filter((place) => !known.has(usable.records[place]!.id));
  const records = kept.map((place) => usable.records[place]!);
  requireBothClasses(dataset, records);
  return {
    ...{ dataset, set: loaded.set, dataHash: loaded.dataHash, records },
    inspections: kept.map((place) => usable.inspections[place]!),
    found: new Set(records.flatMap(({ id }) => (lesions?.found.has(id) ? [id] : []))),
    prepared: await prepare(records, preparation, { onProgress: tellProgressOf(`prepare ${dataset}`) }),
    notices: [
      ...(loaded.leftOut.length === 0
        ? []
        : [`${loaded.leftOut.length} images are left out because of errors or contradictory labels.`]),
      ...(usable.normal === 0
        ? []
        : [`${usable.normal} images of normal tissue ${normal === "benign" ? "count as benign" : "are left out"}.`]),
      ...(usable.withoutLesion.length === 0
        ? []
        : [`${usable.withoutLesion.length} images are left out because nothing says where their lesion is.`]),
      ...(common.length === 0
        ? []
        : [`${common.length} images are left out because ${own.dataset} has them, or images like them.`]),
      ...(lesions?.notices ?? []),
      ...lackingOf(
        records.filter(({ id }) => !lesions?.found.has(id)),
        records,
      ),
    ],
  };
}

function leaveOut(option: string, dataset: string, suffix: string): string {
  return `Leave them out: { ${option}: "leave-out" } in a cell, --external ${dataset}:${suffix} on the command line.`;
}

function requireSound(dataset: string, { findings }: LoadedSet): void {
  const errors = findings.filter(({ severity, check }) => severity === "error" && check !== contradictionCheck);
  if (errors.length === 0) return;
  throw new Problem(
    `${dataset}: ${errors[0]!.message}${errors.length > 1 ? ` There are ${errors.length - 1} more such errors.` : ""}`,
    `Mend the files. ${leaveOut("onError", dataset, "without-errors")} npm run data -- audit ${dataset} lists all.`,
  );
}

function requireAgreement(dataset: string, { records, inspections }: LoadedSet): void {
  const contradictions = findContradictions(records, inspections);
  if (contradictions.length === 0) return;
  const others = contradictions.length > 1 ? ` There are ${contradictions.length - 1} more such groups.` : "";
  throw new Problem(
    `${dataset}: ${contradictions[0]!.message}${others} At least one of the labels is wrong.`,
    `${leaveOut("onContradiction", dataset, "without-contradictions")} To repeat a published result, "keep" in a cell keeps them.`,
  );
}

function requireBothClasses(dataset: string, records: readonly ImageRecord[]): void {
  const malignant = records.filter(({ label }) => label === "malignant").length;
  if (malignant > 0 && malignant < records.length) return;
  throw new Problem(
    `Of the ${records.length} images of ${dataset} that can be used, ${malignant} are malignant: a test needs both classes.`,
    "Look at the labels of the set: npm run data -- audit " + dataset,
  );
}

function lackingOf(drawn: readonly ImageRecord[], records: readonly ImageRecord[]): string[] {
  const nameless = records.filter(({ patient }) => patient === undefined).length;
  return [
    ...(nameless === 0
      ? []
      : [
          `The patient of ${nameless === records.length ? "every image" : `${nameless} images`} is unknown: each image counts as a patient, and intervals are too narrow where they are not.`,
        ]),
    ...(drawn.some(({ masks }) => masks.length > 0) ? [] : ["The set has no outlines of lesions."]),
  ];
}
