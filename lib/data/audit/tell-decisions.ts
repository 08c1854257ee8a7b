import type { Audit } from "./audit";

/**
 * Says what a study will ask because of what was found, and how it is answered: for whoever brings images, and reads no code.
 *
 * @returns One sentence a question; none where a study has nothing to ask.
 */
export function decisionsOf({ records, findings, contradictions, pairs }: Audit): string[] {
  const count = (check: string) =>
    new Set(findings.filter((one) => one.check === check).flatMap(({ images }) => images)).size;
  const contradictory = count("one image in two classes");
  const wrong = new Set(
    findings
      .filter(({ severity, check }) => severity === "error" && check !== "one image in two classes")
      .flatMap(({ images }) => images),
  ).size;
  const normal = records.filter(({ label }) => label === "normal").length;
  const lesions = records.filter(({ label }) => label !== "normal");
  const lacking = lesions.filter(({ masks, box }) => masks.length === 0 && box === undefined).length;
  const nameless = records.filter(({ patient }) => patient === undefined).length;
  const alike = contradictions.filter(
    ({ images }) => !pairs.some(({ identical, first }) => identical && images.includes(first)),
  ).length;
  const sayings: (string | false)[] = [
    contradictory > 0 &&
      `${contradictory} images are the same pictures with different labels: a study stops there. --set onContradiction=leave-out goes on without them, keep goes on with them.`,
    alike > 0 &&
      `${alike} groups of images look alike and have different labels: look at them, one label may be wrong.`,
    wrong > 0 && `${wrong} images have errors: a study stops there. --set onError=leave-out goes on without them.`,
    lacking > 0 &&
      lacking < lesions.length &&
      `${lacking} of ${lesions.length} images have neither a mask nor a box: a study leaves them out, or takes all images whole where they are most. --set "missingLesion=whole picture" takes all whole in any case, stop stops.`,
    lacking > 0 &&
      lacking === lesions.length &&
      "No image has a mask or a box: a study takes them whole, and small lesions become a few pixels.",
    normal > 0 &&
      `${normal} images show normal tissue: a study leaves them out. --set normal=benign counts them as benign.`,
    nameless > 0 &&
      `The patient of ${nameless === records.length ? "all" : nameless} images is unknown: a study takes each for a patient of its own, and its results may be too good. --set unknownPatients=stop stops instead.`,
  ];
  return sayings.filter((one): one is string => one !== false);
}
