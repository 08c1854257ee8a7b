import type { Data, Layout } from "plotly.js";

import { Problem } from "../runtime/problem";
import type { Figure } from "./figure";

/** The share of an axis that a thinned curve may be off by: a quarter of a pixel of the widest figure on a page. */
const thinTolerance = 1 / 2000;

/**
 * Thins the curves of a figure to what can be seen (Douglas and Peucker, "Algorithms for the reduction of the number of points
 * required to represent a digitized line or its caricature", 1973). Of lines and of the edges of bands such points are left out
 * that the drawn line passes anyway, within a share of the axes' ranges; the first, the last and the extreme points of each stay.
 * Steps become lines with their corners among the points, where that makes fewer. Markers, bars, maps, and whatever has error bars
 * keep every point.
 *
 * @param figure The figure, which stays as it is.
 * @param tolerance The share of an axis' range by which a curve may be off, above 0 and below 1; default: 1 / 2000.
 * @throws {Problem} Where the tolerance is out of range.
 */
export function thinFigure(figure: Figure, tolerance = thinTolerance): Figure {
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new Problem(
      `A figure was to be thinned with the tolerance ${tolerance}, expected a number above 0 and below 1.`,
      "Give 1 / 2000, or leave it out.",
    );
  }
  const curves = figure.data as Partial<Curve>[];
  return { ...figure, data: curves.map((curve) => thinCurve(curve, figure, tolerance) as Partial<Data>) };
}

/** The part of a trace of plotly's that is looked at. */
interface Curve {
  readonly type: string;
  readonly mode: string;
  readonly x: ArrayLike<unknown>;
  readonly y: ArrayLike<unknown>;
  readonly xaxis: string;
  readonly yaxis: string;
  readonly line: { readonly shape?: string };
}

function thinCurve(curve: Partial<Curve>, figure: Figure, tolerance: number): Partial<Curve> {
  const { type, mode, x, y, line } = curve;
  if (type !== "scatter" || mode !== "lines" || x === undefined || x.length !== y?.length) return curve;
  if ("error_x" in curve || "error_y" in curve || !isNumeric(x) || !isNumeric(y)) return curve;
  const across = unitOf(figure, "x", curve.xaxis ?? "x");
  const up = unitOf(figure, "y", curve.yaxis ?? "y");
  if (across === null || up === null) return curve;
  const path = pathOf(x, y, line?.shape ?? "linear");
  if (path === null) return curve;
  const places = path.map(({ xAt, yAt }): Place => ({ x: across(x[xAt] as number), y: up(y[yAt] as number) }));
  if (places.some((place) => !Number.isFinite(place.x) || !Number.isFinite(place.y))) return curve;
  const kept = keptPlaces(places, tolerance).map((place) => path[place]!);
  if (kept.length >= x.length) return curve;
  const others = Object.entries(curve)
    .filter(([, value]) => isList(value) && value.length === x.length)
    .map(([key, value]): [string, unknown] => [key, kept.map(({ yAt }) => (value as ArrayLike<unknown>)[yAt])]);
  return {
    ...curve,
    ...(Object.fromEntries(others) as Partial<Curve>),
    x: kept.map(({ xAt }) => x[xAt]),
    y: kept.map(({ yAt }) => y[yAt]),
    ...(line?.shape === undefined ? {} : { line: { ...line, shape: "linear" } }),
  };
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

const isNumeric = (list: ArrayLike<unknown>) =>
  isList(list) && Array.from(list).every((value) => typeof value === "number" && Number.isFinite(value));

/** A point of the drawn line, by the places in the lists where its coordinates stand: a step's corner has two. */
interface PathPoint {
  readonly xAt: number;
  readonly yAt: number;
}

function pathOf(x: ArrayLike<unknown>, y: ArrayLike<unknown>, shape: string): PathPoint[] | null {
  if (!["linear", "vh", "hv"].includes(shape)) return null;
  return Array.from({ length: x.length }, (_, at): PathPoint[] => {
    const point = { xAt: at, yAt: at };
    if (at === 0 || shape === "linear" || (x[at] === x[at - 1] && y[at] === y[at - 1])) return [point];
    return [shape === "vh" ? { xAt: at - 1, yAt: at } : { xAt: at, yAt: at - 1 }, point];
  }).flat();
}

/** A point on a plane whose axes are 1 long. */
interface Place {
  readonly x: number;
  readonly y: number;
}

// What turns a value into its place on an axis that is 1 long; null where the axis is no axis of numbers.
function unitOf({ data, layout }: Figure, letter: "x" | "y", name: string): ((value: number) => number) | null {
  const axes = layout as unknown as Record<string, Partial<Layout["xaxis"]> | undefined>;
  const { type = "linear", range } = axes[name.replace(letter, `${letter}axis`)] ?? {};
  if (type !== "linear" && type !== "log" && type !== "-") return null;
  const toAxis = (value: number) => (type === "log" ? Math.log10(value) : value);
  const [from, to] = isList(range) ? (Array.from(range) as [number, number]) : extentOf(data, letter, name, toAxis);
  const length = Math.abs(to - from);
  return length > 0 && Number.isFinite(length) ? (value) => toAxis(value) / length : null;
}

function extentOf(
  data: Figure["data"],
  letter: "x" | "y",
  name: string,
  toAxis: (value: number) => number,
): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const trace of data as Partial<Curve>[]) {
    if ((trace[`${letter}axis`] ?? letter) !== name) continue;
    for (const value of Array.from(trace[letter] ?? [])) {
      if (typeof value !== "number" || !Number.isFinite(value)) continue;
      least = Math.min(least, toAxis(value));
      most = Math.max(most, toAxis(value));
    }
  }
  return [least, most];
}

function keptPlaces(places: readonly Place[], tolerance: number): number[] {
  const kept = new Set([0, places.length - 1, ...extremesOf(places)]);
  const fixed = [...kept].sort((a, b) => a - b);
  const spans = fixed.slice(1).map((end, index): [number, number] => [fixed[index]!, end]);
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [start, end] = span;
    let [farthest, most] = [start, tolerance];
    for (let at = start + 1; at < end; at++) {
      const away = distance(places[at]!, places[start]!, places[end]!);
      if (away > most) [farthest, most] = [at, away];
    }
    if (farthest === start) continue;
    kept.add(farthest);
    spans.push([start, farthest], [farthest, end]);
  }
  return [...kept].sort((a, b) => a - b);
}

function extremesOf(places: readonly Place[]): number[] {
  const extreme = (better: (one: Place, other: Place) => boolean) =>
    places.reduce((best, place, at) => (better(place, places[best]!) ? at : best), 0);
  return [
    extreme((one, other) => one.x < other.x),
    extreme((one, other) => one.x > other.x),
    extreme((one, other) => one.y < other.y),
    extreme((one, other) => one.y > other.y),
  ];
}

// How far a point is from the straight line between two others.
function distance(point: Place, start: Place, end: Place): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - start.x) * dx + (point.y - start.y) * dy) / length;
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - start.x - nearest * dx, point.y - start.y - nearest * dy);
}
