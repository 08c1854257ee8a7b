import { deepEqual, equal, ok } from "node:assert/strict";

import type { ContenderName } from "../../lib/bench/cases";
import type { Conducted, Performance } from "../../lib/bench/conduct";
import { describeGain, reportCase, tableOfReport, warnOfLoad } from "../../lib/bench/report";

const performance = (contender: ContenderName, milliseconds: number[], peakRssMb: number): Performance => ({
  contender,
  about: `${contender} about`,
  parameters: 1,
  milliseconds,
  losses: milliseconds,
  peakRssMb,
});

const conducted = (...performances: Performance[]): Conducted => ({ performances, otherLoad: 0.02 });

describe("reportCase(name, size, performances)", () => {
  it("gives medians, quartiles, ratios and peaks", () => {
    const report = reportCase(
      "child-step",
      64,
      conducted(
        performance("ours", [5, 1, 3, 2, 4], 1024),
        performance("stock", [60, 70, 50, 80, 40], 2048),
        performance("torch", [6, 6, 6, 6, 100], 512),
      ),
    );
    const { results, ...figures } = report;
    deepEqual(figures, {
      case: "child-step",
      size: 64,
      oursMs: 3,
      stockMs: 60,
      torchMs: 6,
      oursToStock: 3 / 60,
      oursToTorch: 0.5,
      peakRssMb: 1024,
      stockPeakRssMb: 2048,
      torchPeakRssMb: 512,
      rounds: 5,
      otherLoad: 0.02,
    });
    deepEqual(results.ours!.quartilesMs, { low: 2, high: 4 });
    deepEqual(results.ours!.stepsMs, [5, 1, 3, 2, 4]);
    deepEqual(results.torch!.quartilesMs, { low: 6, high: 6 });
    equal(results.torch!.about, "torch about");
  });

  it("has null, in JSON too, for what was not measured", () => {
    const report = reportCase(
      "reward",
      32,
      conducted(performance("ours", [5], 1024), performance("stock", [10], 1024)),
    );
    const { torchMs, torchPeakRssMb, oursToTorch, oursToStock } = JSON.parse(JSON.stringify(report)) as typeof report;
    deepEqual([torchMs, torchPeakRssMb, oursToTorch, oursToStock], [null, null, null, 0.5]);
    equal(reportCase("reward", 32, conducted(performance("torch", [5], 1))).oursMs, null);
  });
});

describe("tableOfReport(report)", () => {
  it("has a row for each case, with columns for those who were measured anywhere", () => {
    const cases = [
      reportCase(
        "reward",
        32,
        conducted(performance("ours", [50, 50, 50], 1024), performance("stock", [90, 100, 140], 3072)),
      ),
      reportCase("reward", 64, conducted(performance("ours", [50], 1536))),
    ];
    deepEqual(tableOfReport({ cases, machine: "m", threads: 2 }), [
      {
        case: "reward",
        image: "32×32",
        "SonoNAS, ms": "50 (50–50)",
        "TensorFlow.js, ms": "100 (95–120)",
        "faster than TensorFlow.js": "2.00×",
        "peak memory, GB": "1.0 / 3.0",
      },
      {
        case: "reward",
        image: "64×64",
        "SonoNAS, ms": "50 (50–50)",
        "TensorFlow.js, ms": "–",
        "faster than TensorFlow.js": "–",
        "peak memory, GB": "1.5 / –",
      },
    ]);
  });
});

describe("warnOfLoad(report)", () => {
  const under = (...loads: number[]) =>
    warnOfLoad({
      cases: loads.map((otherLoad) =>
        reportCase("reward", 32, { performances: [performance("ours", [5], 1)], otherLoad }),
      ),
      machine: "m",
      threads: 2,
    });

  it("says how much of the machine was taken by something else, at worst", () => {
    equal(under(0.02, 0.09), "");
    equal(under(), "");
    ok(under(0.02, 0.624).startsWith("Other programs kept up to 62 % of the processors busy"));
  });
});

describe("describeGain(ratio)", () => {
  it("turns a share of the time into how many times faster that is", () => {
    deepEqual([0.4, 1, 2, null].map(describeGain), ["2.50×", "1.00×", "0.50×", "–"]);
  });
});
