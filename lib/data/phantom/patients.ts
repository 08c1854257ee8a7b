import type { RandomGenerator } from "../../runtime/random";

/** To which patient an image belongs. */
export interface PatientView {
  /** The patient's number, from 0. */
  readonly patient: number;
  /** Which view of her lesion it is. */
  readonly view: 1 | 2;
  readonly isMalignant: boolean;
}

/** Of every four patients, three have two images and one has one, as in BUS-BRA (1875 images of 1064 patients). */
const patientsInBlock = 4;
const imagesInBlock = 7;

/**
 * Says to which patient an image belongs, from its number alone: the images need not be counted through. Images come in
 * blocks of seven of four patients, within which order and classes are drawn; the views of a patient follow each other.
 * Shares of classes hold over every few blocks.
 *
 * @param index The image's number, from 0.
 * @param malignant The share of patients, and of images, that is malignant, 0 to 1.
 */
export function patientOf(index: number, malignant: number, random: RandomGenerator): PatientView {
  const block = Math.floor(index / imagesInBlock);
  // The patient with number 0 in this order has one image, the others two.
  const order = random.split("order").split(block).permutation(patientsInBlock);
  let [place, rest] = [0, index % imagesInBlock];
  for (; rest >= imagesOf(order[place]!); place++) rest -= imagesOf(order[place]!);
  const kind = order[place]!;
  // Patients with one and with two images are counted apart, so that the share holds for images, too: the k-th of each
  // kind is malignant where k times the share passes a whole number.
  const [count, label] = kind === 0 ? [block, "single"] : [block * (patientsInBlock - 1) + kind - 1, "pair"];
  const start = random.split("classes").split(label).uniform();
  const isMalignant = Math.floor((count + 1) * malignant + start) > Math.floor(count * malignant + start);
  return { patient: block * patientsInBlock + place, view: rest === 0 ? 1 : 2, isMalignant };
}

function imagesOf(kind: number): number {
  return kind === 0 ? 1 : 2;
}
