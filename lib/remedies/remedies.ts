import type { AugmentationOptions } from "../data/augment/augmentation";
import { needsLesion, type PreparationOptions } from "../data/prepare/configuration";
import type { ImageRecord } from "../data/records/record";
import type { TrainingOptions } from "../train/training-options";
import type { Variant } from "../variants/plan-variant";

/** The variant that all remedies are held against: images and training as the profile has them. */
export const plainVariant = "plain";

/** The variant with all remedies at once. */
export const allRemedies = "all together";

/**
 * The levels to which gray levels are matched: the quantiles of Rayleigh's distribution, which the echo of tissue without structure has
 * (Burckhardt, "Speckle in ultrasound B-mode scans", IEEE Transactions on Sonics and Ultrasonics 25:1-6, 1978), at 17 shares from 0 to
 * .99, the last one being 1. Between dark and bright, tissue keeps the contrast that it has in most pictures.
 */
export const speckleLevels: readonly number[] = Array.from({ length: 17 }, (_, place) => {
  const quantile = (share: number) => Math.sqrt(-Math.log(1 - 0.99 * share));
  return Number((quantile(place / 16) / quantile(1)).toFixed(4));
});

/** What a remedy changes. */
interface Remedy {
  readonly name: string;
  readonly preparation?: Partial<PreparationOptions>;
  readonly training?: Partial<TrainingOptions>;
}

/** A window as long in every image, about twice as long as most lesions. */
const oneScale: Remedy = {
  name: "one scale",
  preparation: { region: { kind: "window", side: 40 }, beyond: "fill", padding: "edge" },
};

/**
 * What the authors of the paper propose for images of other hospitals (Ahmed, AlZoubi and Du, "Improving generalization of ENAS-based CNN
 * models for breast lesion classification from ultrasound images", MIUA 2021), and normalisations of how images look.
 */
const remedies: readonly Remedy[] = [
  { name: "matched gray levels", preparation: { stretch: null, match: [...speckleLevels] } },
  { name: "varied gray levels", training: { augment: { gamma: [0.7, 1.4], contrast: [0.75, 1.3] } } },
  { name: "varied speckle", training: { augment: { speckle: [0, 0.1] } } },
  { name: "more benign images", training: { benignShare: 0.8 } },
  oneScale,
];

/** The names of all variants, in the order of tables. */
export const remedyNames: readonly string[] = [plainVariant, ...remedies.map(({ name }) => name), allRemedies];

/** The variants that images allow, and what is said of the others. */
export interface ChosenRemedies {
  readonly variants: readonly Variant[];
  /** Why remedies are left out, as sentences. */
  readonly notices: readonly string[];
}

/**
 * Makes the variants: plain, each remedy alone, and all together.
 *
 * @param preparation How images become numbers without a remedy.
 * @param records The images: where the pixel size of one is not known, nothing can be brought to one scale.
 */
export function chooseRemedies(
  preparation: PreparationOptions,
  records: readonly Pick<ImageRecord, "id" | "pixelSize">[],
): ChosenRemedies {
  const notices: string[] = [];
  const unscaled = records.filter(({ pixelSize }) => pixelSize === undefined);
  if (!needsLesion(preparation))
    notices.push(`"${oneScale.name}" is left out: nothing says where the lesions are, around which a window would be.`);
  else if (unscaled.length > 0)
    notices.push(
      `"${oneScale.name}" is left out: the pixel size of ${unscaled.length} of ${records.length} images is not known, ${unscaled[0]!.id} first.`,
    );
  const able = notices.length === 0 ? remedies : remedies.filter((remedy) => remedy !== oneScale);
  const variantOf = (name: string, parts: readonly Remedy[]): Variant => ({
    name,
    preparation: Object.assign({}, preparation, ...parts.map((part) => part.preparation)) as PreparationOptions,
    training: {
      ...(Object.assign({}, ...parts.map((part) => part.training)) as Partial<TrainingOptions>),
      augment: Object.assign({}, ...parts.map((part) => part.training?.augment)) as Partial<AugmentationOptions>,
    },
  });
  return {
    variants: [
      variantOf(plainVariant, []),
      ...able.map((remedy) => variantOf(remedy.name, [remedy])),
      variantOf(allRemedies, able),
    ],
    notices,
  };
}
