import { deepEqual, equal, ok, throws } from "node:assert/strict";

import type { Data, Layout } from "plotly.js";

import { makeFigure, type Figure } from "../../lib/display/figure";
import { thinFigure } from "../../lib/display/thin-figure";
import { createRandom } from "../../lib/runtime/random";

interface Curve {
  x: number[];
  y: number[];
  text?: string[];
  line?: { shape?: string };
}

const line = (x: readonly number[], y: readonly number[], more: object = {}) =>
  ({ type: "scatter", mode: "lines", x: [...x], y: [...y], ...more }) as Partial<Data>;

const square: Partial<Layout> = { xaxis: { range: [0, 1] }, yaxis: { range: [0, 1] } };

const curveOf = ({ data }: Figure, index = 0) => data[index] as unknown as Curve;

/** The corners of the line that plotly draws, as points. */
function drawn({ x, y, line: { shape = "linear" } = {} }: Curve): [number, number][] {
  return x.flatMap((right, at): [number, number][] => {
    if (at === 0 || shape === "linear") return [[right, y[at]!]];
    return [shape === "vh" ? [x[at - 1]!, y[at]!] : [right, y[at - 1]!], [right, y[at]!]];
  });
}

/** The largest distance from the points of one line, and from many points along it, to the other line, by brute force. */
function deviation(one: Curve, other: Curve): number {
  const [from, to] = [drawn(one), drawn(other)];
  const dense = from.flatMap((point, at) =>
    at === 0
      ? [point]
      : Array.from({ length: 3 }, (_, step): [number, number] => {
          const share = (step + 1) / 3;
          const before = from[at - 1]!;
          return [before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])];
        }),
  );
  return Math.max(...dense.map((point) => Math.min(...to.slice(1).map((end, at) => toSegment(point, to[at]!, end)))));
}

function toSegment([x, y]: [number, number], [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const squared = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared));
  return Math.sqrt((x - ax - share * (bx - ax)) ** 2 + (y - ay - share * (by - ay)) ** 2);
}

/** A curve like a ROC curve of many images: steps up and to the right. */
function steps(count: number): { x: number[]; y: number[] } {
  const random = createRandom(3);
  const [x, y] = [[0], [0]];
  for (let at = 0; at < count; at++) {
    const up = random.uniform(0, 1) > at / count;
    x.push(x.at(-1)! + (up ? 0 : 2 / count));
    y.push(y.at(-1)! + (up ? 2 / count : 0));
  }
  return { x, y };
}

describe("thinFigure(figure, tolerance)", () => {
  for (const shape of ["linear", "vh", "hv"]) {
    it(`moves no ${shape} curve by more than the tolerance, seen from either side`, () => {
      const { x, y } = steps(600);
      const figure = makeFigure([line(x, y, { line: { shape } })], square);
      const thinned = curveOf(thinFigure(figure, 1 / 500));
      ok(thinned.x.length < x.length / 2, `${thinned.x.length} of ${x.length} points`);
      const whole = curveOf(figure);
      ok(deviation(whole, thinned) <= 1 / 500 + 1e-12);
      ok(deviation(thinned, whole) <= 1 / 500 + 1e-12);
    });
  }

  it("keeps the first, the last and the extreme points, and of all lists the same points", () => {
    const x = Array.from({ length: 500 }, (_, at) => at / 499);
    const y = x.map((value) => Math.sin(9 * value));
    const text = x.map((_, at) => `point ${at}`);
    const thinned = curveOf(thinFigure(makeFigure([line(x, y, { text })], square)));
    for (const at of [0, 499, y.indexOf(Math.max(...y)), y.indexOf(Math.min(...y))])
      ok(thinned.text!.includes(`point ${at}`));
    thinned.text!.forEach((name, index) => {
      const at = text.indexOf(name);
      deepEqual([thinned.x[index], thinned.y[index]], [x[at], y[at]]);
    });
  });

  it("measures by the axes: what is a hair on a wide one is much on a narrow one, also on a logarithmic one", () => {
    const x = Array.from({ length: 101 }, (_, at) => at / 100);
    const y = x.map((_, at) => (at % 2) / 1000);
    const points = (range: number[], more: object = {}) =>
      curveOf(thinFigure(makeFigure([line(x, y)], { xaxis: { range: [0, 1] }, yaxis: { range, ...more } }))).x.length;
    ok(points([0, 10]) < 10);
    equal(points([0, 0.002]), 101);
    const powers = x.map((value) => 10 ** value);
    const onLog = makeFigure([line(x, powers)], { yaxis: { type: "log" } });
    equal(curveOf(thinFigure(onLog)).x.length, 2);
    ok(curveOf(thinFigure(makeFigure([line(x, powers)], {}))).x.length > 10);
  });

  it("thins the edges of a band, and leaves what has no line as it is", () => {
    const x = Array.from({ length: 200 }, (_, at) => at / 199);
    const band = line([...x, ...[...x].reverse()], [...x.map((one) => one + 0.1), ...[...x].reverse()], {
      fill: "toself",
    });
    const markers = { ...line(x, x), mode: "markers" } as Partial<Data>;
    const bars = { type: "bar", x, y: x } as Partial<Data>;
    const errors = line(x, x, { error_y: { type: "data", array: x } });
    const dates = line(x, x, { x: x.map((_, at) => `2026-01-${at}`) });
    const gaps = line(x, x, { y: x.map((value, at) => (at === 100 ? null : value)) });
    const figure = makeFigure([band, markers, bars, errors, dates, gaps], square);
    const { data } = thinFigure(figure);
    equal((data[0] as unknown as Curve).x.length, 4);
    deepEqual(data.slice(1), figure.data.slice(1));
  });

  it("does nothing to a curve of few points, and nothing to what was thinned before", () => {
    const small = makeFigure([line([0, 0.5, 1], [0, 0.7, 1], { line: { shape: "vh" } })], square);
    deepEqual(thinFigure(small), small);
    const { x, y } = steps(500);
    const once = thinFigure(makeFigure([line(x, y)], square));
    deepEqual(thinFigure(once), once);
  });

  it("refuses a tolerance that is none", () => {
    const figure = makeFigure([], {});
    for (const tolerance of [0, 1, -1, NaN])
      throws(() => thinFigure(figure, tolerance), new RegExp(`tolerance ${tolerance}, expected`));
  });
});
