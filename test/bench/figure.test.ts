import { deepEqual, equal, ok } from "node:assert/strict";

import sharp from "sharp";

import { contenderNames } from "../../lib/bench/cases";
import { drawBenchmark } from "../../lib/bench/figure";
import { reportCase, type BenchmarkReport } from "../../lib/bench/report";

const times = { ours: [90, 100, 110], stock: [380, 400, 440], torch: [150, 200, 230] };
const report: BenchmarkReport = {
  cases: (["child-step", "reward"] as const).map((name) =>
    reportCase(name, 32, {
      performances: contenderNames.map((contender) => ({
        ...{ contender, about: "", parameters: 1, losses: [], milliseconds: times[contender], peakRssMb: 1536 },
      })),
      otherLoad: 0,
    }),
  ),
  machine: "linux <x64> & co",
  threads: 2,
};

/** Lengths of the bars, in the order in which they are drawn. */
const barsOf = (svg: string) =>
  [...svg.matchAll(/<rect x="\d+" [^>]*width="([\d.]+)" height="18"/g)].map(([, w]) => Number(w));

describe("drawBenchmark(report)", () => {
  const svg = drawBenchmark(report);

  it("draws a bar for each contender in each case, as long as its median is", () => {
    const bars = barsOf(svg);
    equal(bars.length, 6);
    const [ours, stock, torch] = bars as [number, number, number];
    ok(Math.abs(stock / ours - 4) < 0.01);
    ok(Math.abs(torch / ours - 2) < 0.01);
  });

  it("draws whiskers from quartile to quartile", () => {
    const whiskers = [...svg.matchAll(/<path d="M([\d.]+) [\d.]+H([\d.]+)M/g)].map(([, low, high]) =>
      [low, high].map(Number),
    );
    const [ours] = barsOf(svg) as [number];
    const [low, high] = whiskers[0] as [number, number];
    equal(whiskers.length, 6);
    // Quartiles of 90, 100, 110 are 95 and 105: a tenth of the median apart.
    ok(Math.abs((high - low) / ours - 0.1) < 0.01);
  });

  it("says how many times faster, times and memory in words", () => {
    for (const text of ["4.00× as fast as TensorFlow.js", "2.00× as fast as PyTorch", "400 ms · 1.5 GB at most"])
      ok(svg.includes(text), text);
  });

  it("is a picture, whatever the machine is called, and the same for the same report", async () => {
    ok(svg.includes("linux &lt;x64&gt; &amp; co"));
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    deepEqual([width, height], [760, Number(/height="(\d+)"/.exec(svg)![1])]);
    equal(drawBenchmark(report), svg);
  });

  it("says so where the machine was busy with something else", () => {
    ok(!svg.includes("busy"));
    const busy = { ...report, cases: report.cases.map((one) => ({ ...one, otherLoad: 0.5 })) };
    ok(drawBenchmark(busy).includes("Other programs kept up to 50 % of the processors busy"));
  });

  it("leaves out who was not measured", () => {
    const [one] = report.cases;
    const alone = {
      ...report,
      cases: [{ ...one!, oursToStock: null, oursToTorch: null, results: { ours: one!.results.ours! } }],
    };
    const drawn = drawBenchmark(alone);
    equal(barsOf(drawn).length, 1);
    ok(!drawn.includes("PyTorch"));
  });
});
