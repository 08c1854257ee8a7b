import { classStyles } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import { labels } from "../records/record";
import type { Audit } from "./audit";

/** What a figure draws of an audit. */
type Drawn = Pick<Audit, "set" | "records" | "inspections">;

/**
 * Draws how much of the image the lesion's box takes, for each class: where the classes lie apart, size alone gives a lesion
 * away.
 *
 * @returns The figure; null where no image has a box.
 */
export function drawLesionSizes({ set, records, inspections }: Drawn): Figure | null {
  const traces = labels.flatMap((label) => {
    const shares = records.flatMap((record, index) => {
      const seen = inspections[index]!.seen;
      const box = record.box ?? seen?.lesion?.box;
      return record.label === label && seen !== null && box !== undefined
        ? [(100 * box.width * box.height) / (seen.width * seen.height)]
        : [];
    });
    if (shares.length === 0) return [];
    const { color } = classStyles[label];
    return [
      {
        type: "box" as const,
        name: `${label} (${shares.length})`,
        x: shares,
        marker: { color, size: 3 },
        boxpoints: "outliers" as const,
      },
    ];
  });
  if (traces.length === 0) return null;
  return makeFigure(traces, {
    title: { text: titleOf("Size of the lesion's box", set) },
    xaxis: { title: { text: "share of the image (%)" }, rangemode: "tozero" },
    yaxis: { showgrid: false },
    height: 120 + 80 * traces.length,
    showlegend: false,
  });
}

/**
 * Draws the sizes of the images, for each class.
 *
 * @returns The figure; null where no image can be read, or all have one size.
 */
export function drawImageSizes({ set, records, inspections }: Drawn): Figure | null {
  const sizes = new Set(inspections.flatMap(({ seen }) => (seen === null ? [] : [`${seen.width} ${seen.height}`])));
  if (sizes.size < 2) return null;
  const traces = labels.flatMap((label) => {
    const own = inspections.flatMap(({ seen }, index) =>
      records[index]!.label === label && seen !== null ? [seen] : [],
    );
    if (own.length === 0) return [];
    const { color, symbol } = classStyles[label];
    const marker = { color, symbol, size: 5, opacity: 0.5 };
    return [
      {
        type: "scatter" as const,
        mode: "markers" as const,
        name: label,
        x: own.map(({ width }) => width),
        y: own.map(({ height }) => height),
        marker,
      },
    ];
  });
  return makeFigure(traces, {
    title: { text: titleOf("Size of the images", set) },
    xaxis: { title: { text: "width (pixels)" } },
    yaxis: { title: { text: "height (pixels)" } },
  });
}

// What is synthetic says so wherever it appears.
function titleOf(text: string, set: Audit["set"]): string {
  return set.synthetic ? `${text} · synthetic images` : text;
}
