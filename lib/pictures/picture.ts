/** Most pixels of one picture, 4096 × 4096: a file that claims more is no ultrasound image, and could fill the memory. */
export const mostPixels = 4096 * 4096;

/** A gray picture in memory. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Gray levels from 0 (black) to 1 (white), `[height, width]` row by row. float32. */
  readonly pixels: Float32Array;
}

/** Which pixels of a picture belong to a lesion. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** 1 in the lesion, 0 elsewhere, `[height, width]` row by row. */
  readonly pixels: Uint8Array;
}

/** A rectangle of whole pixels. */
export interface Box {
  /** The first column, from 0. */
  readonly left: number;
  /** The first row, from 0. */
  readonly top: number;
  /** Columns, from 1. */
  readonly width: number;
  /** Rows, from 1. */
  readonly height: number;
}
