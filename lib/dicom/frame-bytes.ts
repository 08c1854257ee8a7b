import type { Element, Fragment } from "dicom-parser";

import { Problem } from "../runtime/problem";
import type { ParsedDicom } from "./parse";

/**
 * Finds the compressed stream of each frame. A stream may lie in several fragments, and the tables that say which are
 * often empty: a single frame takes all fragments; then the extended and the basic table of offsets count, then one
 * fragment a frame, then the marks with which a stream begins.
 *
 * @param frames How many frames the header states.
 * @returns A function that gives the stream of a frame, from 0.
 * @throws {Problem} Where the fragments cannot be dealt out.
 */
export function findFrames({ dataSet }: ParsedDicom, frames: number, name: string): (index: number) => Buffer {
  const bytes = dataSet.byteArray as Buffer;
  const element = dataSet.elements.x7fe00010!;
  const fragments = [...(element.fragments ?? [])];
  while (fragments.length > 0 && fragments[fragments.length - 1]!.length === 0) fragments.pop();
  const starts = findStarts(bytes, element, fragments, frames, extendedOffsets(dataSet.elements.x7fe00001, bytes));
  if (fragments.length === 0 || starts === null) {
    throw new Problem(
      `${name} states ${frames} frames, but holds ${fragments.length} fragments that do not tell where each begins.`,
      "Export it again.",
    );
  }
  return (index) => {
    const own = fragments.slice(starts[index], starts[index + 1] ?? fragments.length);
    return Buffer.concat(own.map(({ position, length }) => bytes.subarray(position, position + length)));
  };
}

function findStarts(
  bytes: Buffer,
  element: Element,
  fragments: readonly Fragment[],
  frames: number,
  extended: readonly number[],
): number[] | null {
  if (frames === 1) return [0];
  for (const offsets of [extended, element.basicOffsetTable ?? []]) {
    const starts = offsets.map((offset) => fragments.findIndex((fragment) => fragment.offset === offset));
    const rising = starts.every((start, index) => start >= 0 && (index === 0 || start > starts[index - 1]!));
    if (starts.length === frames && rising) return starts;
  }
  if (fragments.length === frames) return fragments.map((_, index) => index);
  const begun = fragments.flatMap(({ position }, index) => {
    const mark = bytes.readUInt16BE(position);
    return mark === 0xffd8 || mark === 0xff4f ? [index] : [];
  });
  return begun.length === frames ? begun : null;
}

function extendedOffsets(element: Element | undefined, bytes: Buffer): number[] {
  if (element === undefined) return [];
  return Array.from({ length: Math.floor(element.length / 8) }, (_, index) =>
    Number(bytes.readBigUInt64LE(element.dataOffset + index * 8)),
  );
}
