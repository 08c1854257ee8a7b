import { alignable, alignedCorrelation, mirrorImages, type Alignable } from "./align";
import { candidatePairs } from "./candidates";
import { spectrumOf } from "./spectrum";
import { flatten } from "./thumbnail";

/** Two thumbnails that are alike, by their places. */
export interface AlikePair {
  readonly first: number;
  readonly second: number;
  /** The correlation of both as they are, or of their patterns laid over each other: the greater. */
  readonly correlation: number;
}

/**
 * Finds thumbnails that are alike.
 *
 * @param thumbnails Gray levels from 0 to 255, `[32, 32]` each, no two alike to the pixel.
 * @param limits The least correlations, not reached: of the thumbnails as they are, and of their patterns laid over each other.
 * @returns The pairs, each once; `first` is the smaller place.
 */
export function alikeThumbnails(
  thumbnails: readonly Uint8Array[],
  limits: { readonly correlation: number; readonly aligned: number },
): AlikePair[] {
  const flat = thumbnails.map(flatten);
  const candidates = candidatePairs(flat.map(spectrumOf));
  const pairs: AlikePair[] = [];
  let [held, images]: [number, Alignable[]] = [-1, []];
  for (const [first, second] of candidates) {
    if (blank(thumbnails[first]!) || blank(thumbnails[second]!)) continue;
    // Sorted: what aligning wants of the first is made once for all of its pairs.
    if (first !== held) [held, images] = [first, mirrorImages(flat[first]!).map(alignable)];
    const plain = correlationOf(thumbnails[first]!, thumbnails[second]!);
    const aligned = plain > limits.correlation ? -1 : alignedCorrelation(alignable(flat[second]!), images);
    if (plain > limits.correlation || aligned > limits.aligned)
      pairs.push({ first, second, correlation: Math.max(plain, aligned) });
  }
  return pairs;
}

// A blank thumbnail is like none.
function blank(levels: Uint8Array): boolean {
  return levels.every((level) => level === levels[0]);
}

function correlationOf(a: Uint8Array, b: Uint8Array): number {
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let place = 0; place < a.length; place++) {
    const [u, w] = [a[place]!, b[place]!];
    x += u;
    y += w;
    xx += u * u;
    yy += w * w;
    xy += u * w;
  }
  const count = a.length;
  return (count * xy - x * y) / Math.sqrt((count * xx - x * x) * (count * yy - y * y));
}
