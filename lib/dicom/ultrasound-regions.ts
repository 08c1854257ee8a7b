import type { DataSet } from "dicom-parser";

import type { Box } from "../pictures/picture";

/** A rectangle of an ultrasound image that shows tissue in gray. */
export interface TissueRegion {
  readonly box: Box;
  /** Millimetres from one column to the next, and from one row to the next. */
  readonly pixelSize: { readonly across: number; readonly down: number };
  /** Whether colour flow is drawn over it, as a region of its own says. */
  readonly flow: boolean;
}

/** What the regions of an ultrasound image hold (PS3.3, C.8.5.5). */
export interface Regions {
  /** Regions that are stated at all. */
  readonly stated: number;
  /** Those of tissue, in their order. */
  readonly tissue: readonly TissueRegion[];
}

/** Codes of the standard: pictures in two dimensions, of tissue or of colour flow, in centimetres. */
const codes = { twoDimensions: 1, tissue: 1, colourFlow: 2, centimetres: 3 };

/**
 * Finds the rectangles of tissue by the file's own description. Names, dates, rulers and traces lie outside of them.
 * Corners are taken as inside and held to the picture; what is not in two dimensions, not tissue or without a scale in
 * centimetres is left out.
 */
export function readRegions(dataSet: DataSet, rows: number, columns: number): Regions {
  const items = dataSet.elements.x00186011?.items ?? [];
  const regions = items.flatMap(({ dataSet: item }) => {
    if (item === undefined) return [];
    // Written without a sign, but some write −4.
    const place = (tag: string, most: number) => Math.min(most, Math.max(0, item.int32(tag) ?? 0));
    const left = place("x00186018", columns - 1);
    const top = place("x0018601a", rows - 1);
    const right = place("x0018601c", columns - 1);
    const bottom = place("x0018601e", rows - 1);
    const box = { left, top, width: right - left + 1, height: bottom - top + 1 };
    const twoDimensions = item.uint16("x00186012") === codes.twoDimensions && right > left && bottom > top;
    const inCentimetres =
      item.uint16("x00186024") === codes.centimetres && item.uint16("x00186026") === codes.centimetres;
    const across = 10 * Math.abs(item.double("x0018602c") ?? 0);
    const down = 10 * Math.abs(item.double("x0018602e") ?? 0);
    return [{ box, kind: item.uint16("x00186014"), twoDimensions, inCentimetres, across, down }];
  });
  const flows = regions.filter(({ kind, twoDimensions }) => kind === codes.colourFlow && twoDimensions);
  const tissue = regions
    .filter(
      ({ kind, twoDimensions, inCentimetres, across, down }) =>
        kind === codes.tissue && twoDimensions && inCentimetres && across > 0 && down > 0 && across + down < Infinity,
    )
    .map(({ box, across, down }) => ({
      box,
      pixelSize: { across, down },
      flow: flows.some((other) => overlap(box, other.box)),
    }));
  return { stated: regions.length, tissue };
}

function overlap(a: Box, b: Box): boolean {
  const across = a.left < b.left + b.width && b.left < a.left + a.width;
  return across && a.top < b.top + b.height && b.top < a.top + a.height;
}
