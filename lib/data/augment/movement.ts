import type { AugmentationOptions } from "./augmentation";

/** How an image is moved: flipped, then magnified and turned about its centre, then shifted. */
export interface Movement {
  readonly flipHorizontal: boolean;
  /** Whether top and bottom are exchanged. */
  readonly flipVertical: boolean;
  /** By what it is magnified. */
  readonly scale: number;
  /** By how many degrees it is turned, counterclockwise as it is looked at. */
  readonly angle: number;
  /** By how many whole pixels it is moved to the right. */
  readonly right: number;
  /** By how many whole pixels it is moved down. */
  readonly down: number;
}

/** One plane that is to be moved. */
export interface MovedPlane {
  /** The place of the plane among those of the image. */
  readonly channel: number;
  /** Where it goes, `[size, size]` row by row. */
  readonly target: Float32Array;
  /** What moves in from outside: the levels at the edge, or 0. */
  readonly fill: AugmentationOptions["fill"];
}

/**
 * Moves planes of a square image, all in the same way. Flips and shifts alone copy pixels exactly; with a magnification or
 * an angle, every pixel is read once, in between four old ones (bilinear interpolation).
 *
 * @param image The image, `[size, size, channels]`.
 */
export type Move = (image: Float32Array, planes: readonly MovedPlane[], movement: Movement) => void;

/**
 * Makes the function that moves images of one size.
 *
 * @param size Rows and columns.
 * @returns The function. It keeps memory of its own between calls, of a few planes.
 */
export function createMove(size: number, channels: number): Move {
  const wide = wideOf(size);
  // Two planes at a time are the quickest: they share the work of finding places.
  const bordered = [new Float32Array(wide * wide), new Float32Array(wide * wide)] as const;
  const columns = new Int32Array(size);
  const rows = new Int32Array(size);

  return (image, planes, movement) => {
    const exact = movement.scale === 1 && movement.angle === 0;
    if (exact) {
      trackCopies(columns, movement.right, movement.flipHorizontal);
      trackCopies(rows, movement.down, movement.flipVertical);
    }
    for (let index = 0; index < planes.length; index += 2) {
      const first = planes[index]!;
      const second = planes[index + 1];
      addBorder(image, first, channels, bordered[0], size);
      if (second !== undefined) addBorder(image, second, channels, bordered[1], size);
      if (exact) {
        copyPixels(bordered[0], first.target, size, columns, rows);
        if (second !== undefined) copyPixels(bordered[1], second.target, size, columns, rows);
      } else if (second === undefined) {
        interpolate(bordered[0], first.target, bordered[0], first.target, size, movement);
      } else {
        interpolate(bordered[0], first.target, bordered[1], second.target, size, movement);
      }
    }
  };
}

// A border of one pixel on all sides, and one more to the right and below, which interpolation reads with the weight 0.
const wideOf = (size: number) => size + 3;

// Where along one side, in the bordered image, each pixel comes from.
function trackCopies(places: Int32Array, shift: number, flipped: boolean): void {
  const size = places.length;
  for (let place = 0; place < size; place++) {
    const old = flipped ? size - 1 - place + shift : place - shift;
    places[place] = Math.max(0, Math.min(size + 1, old + 1));
  }
}

// The border holds what lies outside, however far.
function addBorder(
  image: Float32Array,
  { channel, fill }: MovedPlane,
  channels: number,
  bordered: Float32Array,
  size: number,
): void {
  const wide = wideOf(size);
  for (let row = 0; row < size; row++) {
    const target = (row + 1) * wide + 1;
    let source = row * size * channels + channel;
    for (let place = target; place < target + size; place++, source += channels) bordered[place] = image[source]!;
    bordered[target - 1] = fill === "edge" ? bordered[target]! : 0;
    bordered[target + size] = fill === "edge" ? bordered[target + size - 1]! : 0;
  }
  if (fill === "edge") {
    bordered.copyWithin(0, wide, 2 * wide);
    bordered.copyWithin((size + 1) * wide, size * wide, (size + 1) * wide);
  } else {
    bordered.fill(0, 0, wide);
    bordered.fill(0, (size + 1) * wide, (size + 2) * wide);
  }
}

function copyPixels(
  bordered: Float32Array,
  target: Float32Array,
  size: number,
  columns: Int32Array,
  rows: Int32Array,
): void {
  for (let row = 0; row < size; row++) {
    const start = rows[row]! * wideOf(size);
    const end = (row + 1) * size;
    for (let place = row * size, column = 0; place < end; place++, column++) {
      target[place] = bordered[start + columns[column]!]!;
    }
  }
}

function interpolate(
  one: Float32Array,
  oneTarget: Float32Array,
  other: Float32Array,
  otherTarget: Float32Array,
  size: number,
  { flipHorizontal, flipVertical, scale, angle, right, down }: Movement,
): void {
  const wide = wideOf(size);
  const center = (size - 1) / 2;
  const radians = (angle * Math.PI) / 180;
  const cosine = Math.cos(radians) / scale;
  const sine = Math.sin(radians) / scale;
  const flipAcross = flipHorizontal ? -1 : 1;
  const flipDown = flipVertical ? -1 : 1;
  const most = size + 1;
  const [columnStep, rowStep] = [flipAcross * cosine, flipDown * sine];
  for (let row = 0; row < size; row++) {
    // Backwards: shift, angle and magnification, flip. Rows count downwards, so that a turn counterclockwise is undone by
    // (cos, -sin; sin, cos). One is added for the border; what lies beyond it is read from it.
    const x = -right - center;
    const y = row - down - center;
    const columnAtZero = flipAcross * (cosine * x - sine * y) + center + 1;
    const rowAtZero = flipDown * (sine * x + cosine * y) + center + 1;
    for (let column = 0; column < size; column++) {
      let oldColumn = columnAtZero + column * columnStep;
      let oldRow = rowAtZero + column * rowStep;
      oldColumn = oldColumn < 0 ? 0 : oldColumn > most ? most : oldColumn;
      oldRow = oldRow < 0 ? 0 : oldRow > most ? most : oldRow;
      // Both are at least 0, where cutting digits off is rounding down.
      const left = oldColumn | 0;
      const top = oldRow | 0;
      const across = oldColumn - left;
      const upright = oldRow - top;
      const place = top * wide + left;
      const target = row * size + column;

      const oneAbove = one[place]! + across * (one[place + 1]! - one[place]!);
      const oneBelow = one[place + wide]! + across * (one[place + wide + 1]! - one[place + wide]!);
      oneTarget[target] = oneAbove + upright * (oneBelow - oneAbove);
      const otherAbove = other[place]! + across * (other[place + 1]! - other[place]!);
      const otherBelow = other[place + wide]! + across * (other[place + wide + 1]! - other[place + wide]!);
      otherTarget[target] = otherAbove + upright * (otherBelow - otherAbove);
    }
  }
}
