import { deepEqual, notEqual, throws } from "node:assert/strict";

import {
  checkPreparation,
  needsLesion,
  needsMask,
  needsPixelSize,
  preparationDefaults,
  type PreparationOptions,
} from "../../../lib/data/prepare/configuration";

describe("checkPreparation(options)", () => {
  it("fills in every default, as a copy", () => {
    deepEqual(checkPreparation({}), preparationDefaults);
    notEqual(checkPreparation({}).region, preparationDefaults.region);
    deepEqual(checkPreparation({ size: 32 }), { ...preparationDefaults, size: 32 });
  });

  it("names what is wrong, and what there is instead", () => {
    const wrong: readonly [unknown, RegExp][] = [
      [{ sise: 64 }, /no option "sise".*"size"/],
      [{ size: 0 }, /size: 0, expected a whole number from 1 to 2048/],
      [{ size: 64.5 }, /size: 64\.5/],
      [{ region: { kind: "circle" } }, /region\.kind: "circle".*"box", "square", "window" or "whole"/],
      [{ region: { kind: "box", margin: -1, unit: "pixels" } }, /region\.margin: -1/],
      [{ region: { kind: "box", margin: NaN, unit: "pixels" } }, /region\.margin: NaN/],
      [{ region: { kind: "box", margin: 5, unit: "mm" } }, /region\.unit: "mm".*"pixels", "percent" or "millimetres"/],
      [{ region: { kind: "window" } }, /region\.side/],
      [{ region: { kind: "window", side: 0 } }, /region\.side: 0, expected a number from 1 to 500/],
      [{ region: { kind: "window", side: 40, unit: "pixels" } }, /no option "region\.unit" for kind "window"/],
      [{ match: [0.5] }, /match: .*at least 2 items/],
      [{ match: [0, 2] }, /match\[1\]: 2, expected a number from 0 to 1/],
      [{ match: [0, 0.6, 0.5, 1] }, /match: .*quantiles that never fall/],
      [{ match: [0.5, 0.5] }, /match: .*quantiles that never fall, the last one above the first/],
      [{ match: "uniform" }, /match: "uniform", expected a list/],
      [{ region: { kind: "whole", margin: 5 } }, /no option "region\.margin" for kind "whole"/],
      [{ beyond: "wrap" }, /beyond: "wrap"/],
      [
        { beyond: "fill", padding: "none" },
        /padding: "none", expected "black" or "edge", with which beyond: "fill" fills/,
      ],
      [{ padding: "white" }, /padding: "white"/],
      [{ filter: "nearest" }, /filter: "nearest"/],
      [{ stretch: { low: 95, high: 5 } }, /stretch\.high: 5, expected a number above low, 95/],
      [{ stretch: { low: -1, high: 99 } }, /stretch\.low: -1, expected a number from 0 to 100/],
      [{ stretch: { low: 5, hihg: 95 } }, /no option "stretch\.hihg".*"stretch\.high"/],
      [{ channels: [] }, /at least one/],
      [{ channels: "gray" }, /expected a list/],
      [{ channels: ["grey"] }, /channels\[0\]: "grey".*"gray", "mask", "gray × mask" or "size"/],
    ];
    for (const [options, message] of wrong) throws(() => checkPreparation(options as never), message);
  });
});

describe("needsPixelSize(settings)", () => {
  it("is so where the region is in millimetres", () => {
    const regions = [
      { kind: "whole" } as const,
      { kind: "box", margin: 3, unit: "percent" } as const,
      { kind: "box", margin: 3, unit: "millimetres" } as const,
      { kind: "window", side: 30 } as const,
    ];
    deepEqual(
      regions.map((region) => needsPixelSize({ region })),
      [false, false, true, true],
    );
  });
});

describe("needsMask(settings) and needsLesion(settings)", () => {
  const needs = (region: PreparationOptions["region"], channels: PreparationOptions["channels"]) => [
    needsLesion({ region, channels }),
    needsMask({ channels }),
  ];

  it("ask for no more than is needed", () => {
    deepEqual(needs({ kind: "whole" }, ["gray"]), [false, false]);
    deepEqual(needs({ kind: "whole" }, ["gray", "size"]), [true, false]);
    deepEqual(needs({ kind: "whole" }, ["gray × mask"]), [true, true]);
    deepEqual(needs({ kind: "box", margin: 0, unit: "pixels" }, ["gray"]), [true, false]);
    deepEqual(needs({ kind: "square", margin: 0, unit: "pixels" }, ["mask"]), [true, true]);
  });
});
