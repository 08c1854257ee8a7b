import type { PreparationOptions, RegionOfInterest } from "./configuration";

/** Says which part of a picture is kept: "a square around the lesion, 10 pixels more on each side". */
export function describeRegion({ region }: { readonly region: RegionOfInterest }): string {
  if (region.kind === "whole") return "the whole picture";
  if (region.kind === "window") return `a square of ${region.side} mm around the lesion's centre`;
  const what = region.kind === "box" ? "the lesion's box" : "a square around the lesion";
  const unit = { pixels: "pixels", percent: "%", millimetres: "mm" }[region.unit];
  return `${what}, ${region.margin} ${unit} more on each side`;
}

/** Says what becomes of gray levels: "stretched, percentiles 5 to 95". */
export function describeLevels({ stretch, match }: Pick<PreparationOptions, "stretch" | "match">): string {
  const stretched = stretch === null ? null : `stretched, percentiles ${stretch.low} to ${stretch.high}`;
  const matched =
    match === undefined
      ? null
      : match.length === 2
        ? `evenly distributed from ${match[0]!} to ${match[1]!}`
        : `given a distribution with the quantiles ${match.join(", ")}`;
  return [stretched, matched].filter((part) => part !== null).join("; ") || "as they are";
}
