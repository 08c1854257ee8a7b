import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { encode } from "fast-png";

/** A gray level from 0 to 255 for each pixel. */
export type Levels = (column: number, row: number) => number;

/** What a written picture is like. */
export interface PictureForm {
  /** Columns; default: 40. */
  width?: number;
  /** Rows; default: 30. */
  height?: number;
  /** Channels: 1 gray, 3 colour, 4 colour and alpha; default: 1. */
  channels?: 1 | 2 | 3 | 4;
  /** Bits a channel; default: 8. */
  depth?: 8 | 16;
}

/**
 * Writes a PNG file, with its folder.
 *
 * @param path The file.
 * @param levels Its gray levels; in colour, all channels have the same.
 * @param form Its size and form.
 * @returns The path.
 */
export function writePicture(path: string, levels: Levels, form: PictureForm = {}): string {
  const { width = 40, height = 30, channels = 1, depth = 8 } = form;
  const hasAlpha = channels === 2 || channels === 4;
  const most = depth === 16 ? 65535 : 255;
  const data = new (depth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const level = levels(pixel % width, Math.floor(pixel / width)) * (depth === 16 ? 257 : 1);
    for (let channel = 0; channel < channels; channel++) {
      data[pixel * channels + channel] = hasAlpha && channel === channels - 1 ? most : level;
    }
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, encode({ width, height, channels, depth, data }));
  return path;
}

/**
 * Makes gray levels that differ from pixel to pixel, the same for the same seed.
 *
 * @param seed Which.
 * @returns The levels, as smooth blobs, so that thumbnails differ too.
 */
export function texture(seed: number): Levels {
  const wave = (place: number, order: number) => Math.sin(0.21 * order * place + 1.7 * seed * order);
  return (column, row) =>
    Math.round(
      127 +
        40 * wave(column, 1 + (seed % 3)) +
        40 * wave(row, 2 + (seed % 5)) +
        30 * wave(column + row, 1 + (seed % 7)),
    );
}

/**
 * Makes the levels of a mask: a rectangle of 255 in 0.
 *
 * @param left First column.
 * @param top First row.
 * @param width Columns.
 * @param height Rows.
 * @returns The levels.
 */
export function rectangle(left: number, top: number, width: number, height: number): Levels {
  return (column, row) => (column >= left && column < left + width && row >= top && row < top + height ? 255 : 0);
}
