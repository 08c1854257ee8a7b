import type { PreparationOptions } from "../data/prepare/configuration";
import { preparations } from "../data/prepare/presets";
import { hasLesion, usableRecords } from "../data/prepare/usable-records";
import type { ImageRecord } from "../data/records/record";
import type { LoadedSet } from "../data/sets/load";
import { sampleInspected } from "../data/split/sample";
import { median } from "../statistics/summary";
import { Problem } from "../runtime/problem";
import { imageDefaults, type StudySettings } from "./study-settings";

/** The images of a study, and what was decided about the others. */
export interface ChosenImages extends Pick<LoadedSet, "records" | "inspections"> {
  /** Which images these are, in words; null: all that can be used. */
  readonly sample: string | null;
  /** How many images are left out because nothing says where their lesion is. */
  readonly withoutLesion: number;
  /** What was decided, in sentences for whoever reads the results. */
  readonly notices: readonly string[];
}

/**
 * Chooses the images of a study, as its settings say: of normal tissue, without a known lesion, of unknown patients; then draws
 * a sample.
 *
 * @throws {Problem} Where a setting says that such images stop the study.
 */
export function chooseImages(loaded: LoadedSet, settings: StudySettings): ChosenImages {
  const { normal, unknownPatients } = { ...imageDefaults, ...settings };
  const notices = leftOutAtLoad(loaded);
  const labelled = loaded.records.filter(({ label }) => label !== "normal" || normal === "benign");
  const preparation = preparationOf(settings, labelled);
  const usable = usableRecords(loaded, { normal, withoutLesion: "leave-out", preparation });
  if (usable.normal > 0) {
    const become = normal === "benign" ? "count as benign" : "are left out";
    notices.push(`${usable.normal} images of normal tissue ${become} (setting normal).`);
  }
  notices.push(...tellLesions(usable.withoutLesion, labelled, preparation, usable.inspections));
  const nameless = usable.records.filter(({ patient }) => patient === undefined).length;
  if (nameless > 0 && !usable.records.some(({ synthetic, part }) => synthetic === true || part !== undefined)) {
    const count = nameless === usable.records.length ? "all" : String(nameless);
    if (unknownPatients === "stop") {
      throw new Problem(
        `${loaded.set.title}: the patient of ${count} images is unknown, so that views of one patient may stand in training and test.`,
        'Name patients in a table, or take every image for a patient of its own: --set "unknownPatients=by image".',
      );
    }
    notices.push(
      `The patient of ${count} images is unknown: each counts as a patient of its own, near duplicates stay together, and results may be too good (setting unknownPatients).`,
    );
  }
  const { sample } = settings;
  const drawn = sampleInspected(usable, sample === null || sample.count >= usable.records.length ? null : sample);
  return { ...drawn, withoutLesion: usable.withoutLesion.length, notices };
}

function leftOutAtLoad({ set, leftOut }: LoadedSet): string[] {
  if (leftOut.length === 0) return [];
  const [why, settings] =
    set.parts === undefined
      ? ["errors or contradictory labels", "onError and onContradiction"]
      : ["errors, contradictory labels, or because two of the sets have them", "onError, onContradiction and onShared"];
  return [`${leftOut.length} images are left out because of ${why}, ${leftOut[0]!.id} first (settings ${settings}).`];
}

function tellLesions(
  lacking: readonly string[],
  records: readonly ImageRecord[],
  preparation: PreparationOptions,
  inspections: LoadedSet["inspections"],
): string[] {
  if (lacking.length > 0) {
    return [
      `${lacking.length} of ${records.length} images have neither a mask nor a box, ${lacking[0]!} first: they are left out, and the others are cropped around their lesion (setting missingLesion).`,
    ];
  }
  if (
    preparation.region.kind !== "whole" ||
    records.some(({ synthetic, part }) => synthetic === true || part !== undefined)
  )
    return [];
  const sides = inspections.flatMap(({ seen }) => (seen === null ? [] : [Math.max(seen.width, seen.height)]));
  const ratio = sides.length === 0 ? 1 : median(sides) / preparation.size;
  const loss = ratio > 1.5 ? ` about ${Math.round(ratio)} pixels of a side become one, and` : "";
  return [
    `Images are taken whole, at ${preparation.size} × ${preparation.size} pixels, as nothing says where the lesions of most of them are:${loss} what tells a lesion's class may be lost. Masks, or boxes in the table, would help.`,
  ];
}

/**
 * Says how images become numbers: by a square around the lesion where enough is known of it, else whole. Where some images lack a
 * mask or a box, the setting `missingLesion` decides: by "leave-out" they are left out, unless they are most of all.
 *
 * @throws {Problem} Where an image lacks both and the setting says that it stops the study.
 */
export function preparationOf(
  settings: Pick<StudySettings, "preparation"> & Partial<Pick<StudySettings, "missingLesion">>,
  records: readonly ImageRecord[],
): PreparationOptions {
  const missingLesion = settings.missingLesion ?? imageDefaults.missingLesion;
  const around = { ...preparations.squareContext, ...settings.preparation };
  const whole = { ...preparations.wholeImage, ...settings.preparation };
  const lacking = records.filter((record) => !hasLesion(record, around));
  if (lacking.length === 0) return around;
  if (lacking.length === records.length) return whole;
  if (missingLesion === "stop") {
    throw new Problem(
      `${lacking.length} of ${records.length} images have neither a mask nor a box, ${lacking[0]!.id} first.`,
      'Give masks, or boxes in the table; leave these images out: --set missingLesion=leave-out; or take all whole: --set "missingLesion=whole picture".',
    );
  }
  return missingLesion === "leave-out" && lacking.length <= records.length / 2 ? around : whole;
}
