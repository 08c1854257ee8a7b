import { spectrumLength } from "./spectrum";

/** Up to so many pictures all pairs are candidates: too few to say what is usual. */
const few = 64;

/** The least correlation of two descriptors, of each number's distance from the usual. */
const leastAlike = 0.6;

/** From this one on, a pair is a candidate whatever else there is. */
const surelyAlike = 0.95;

/** So many of the most alike are candidates for each picture. */
const nearest = 12;

/**
 * Finds pairs of pictures that may show the same: those whose descriptors are among the most alike.
 *
 * @param descriptors The strengths of low frequencies, of each picture; see `spectrumOf`.
 * @returns Pairs of places, the smaller first, sorted.
 */
export function candidatePairs(descriptors: readonly ArrayLike<number>[]): (readonly [number, number])[] {
  const count = descriptors.length;
  if (count <= few) {
    return descriptors.flatMap((_, first) =>
      Array.from({ length: count - first - 1 }, (_unused, index) => [first, first + 1 + index] as const),
    );
  }
  const unit = unitVectors(descriptors);
  const best = Array.from({ length: count }, () => new Nearest());
  const pairs = new Set<number>();
  for (let first = 0; first < count; first++) {
    const start = first * spectrumLength;
    for (let second = first + 1; second < count; second++) {
      const offset = second * spectrumLength;
      let alike = 0;
      for (let place = 0; place < spectrumLength; place++) alike += unit[start + place]! * unit[offset + place]!;
      if (alike < leastAlike) continue;
      if (alike >= surelyAlike) pairs.add(first * count + second);
      else {
        best[first]!.offer(second, alike);
        best[second]!.offer(first, alike);
      }
    }
  }
  best.forEach(({ places }, place) => {
    for (const other of places) pairs.add(Math.min(place, other) * count + Math.max(place, other));
  });
  return [...pairs].sort((a, b) => a - b).map((pair) => [Math.floor(pair / count), pair % count] as const);
}

// Each number less its mean over all pictures and by its deviation, then all of a picture to length 1.
function unitVectors(descriptors: readonly ArrayLike<number>[]): Float32Array {
  const count = descriptors.length;
  const [means, squares] = [new Float64Array(spectrumLength), new Float64Array(spectrumLength)];
  for (const own of descriptors)
    for (let place = 0; place < spectrumLength; place++) {
      means[place]! += own[place]! / count;
      squares[place]! += own[place]! ** 2 / count;
    }
  const unit = new Float32Array(count * spectrumLength);
  descriptors.forEach((own, row) => {
    const scaled = Float64Array.from({ length: spectrumLength }, (_, place) => {
      const deviation = Math.sqrt(Math.max(0, squares[place]! - means[place]! ** 2));
      return deviation > 0 ? (own[place]! - means[place]!) / deviation : 0;
    });
    const length = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0));
    if (length > 0)
      unit.set(
        scaled.map((value) => value / length),
        row * spectrumLength,
      );
  });
  return unit;
}

/** The most alike so far. */
class Nearest {
  readonly places: number[] = [];
  private readonly alike: number[] = [];

  offer(place: number, alike: number): void {
    if (this.places.length < nearest) {
      this.places.push(place);
      this.alike.push(alike);
      return;
    }
    let least = 0;
    for (let index = 1; index < nearest; index++) if (this.alike[index]! < this.alike[least]!) least = index;
    if (alike <= this.alike[least]!) return;
    [this.places[least], this.alike[least]] = [place, alike];
  }
}
