import { deepEqual, equal, ok } from "node:assert/strict";

import { drawDevice, phantomDevices } from "../../../lib/data/phantom/device";
import { createRandom } from "../../../lib/runtime/random";

const shares = (isMalignant: boolean, bias: number) => {
  const names = Array.from(
    { length: 3000 },
    (_, index) => drawDevice(isMalignant, bias, createRandom(1).split(index)).name,
  );
  return phantomDevices.map(({ name }) => names.filter((other) => other === name).length / 3000);
};

describe("the phantom devices", () => {
  it("are invented, and say so in their names", () => {
    deepEqual(
      phantomDevices.map(({ name }) => name),
      ["Phantom A", "Phantom B", "Phantom C"],
    );
  });

  it("differ in all that shapes an image", () => {
    for (const key of Object.keys(phantomDevices[0]) as (keyof (typeof phantomDevices)[0])[]) {
      equal(new Set(phantomDevices.map((device) => device[key])).size, 3, key);
    }
  });
});

describe("drawDevice(isMalignant, bias, random)", () => {
  it("draws each a third of the time in both classes", () => {
    for (const isMalignant of [false, true]) {
      for (const share of shares(isMalignant, 0)) ok(Math.abs(share - 1 / 3) < 0.035, String(share));
    }
  });

  it("draws the first more often for malignant ones, the larger the bias, and at 1 for all of them and no benign one", () => {
    ok(Math.abs(shares(true, 0.5)[0]! - 2 / 3) < 0.035);
    ok(Math.abs(shares(false, 0.5)[0]! - 1 / 6) < 0.03);
    deepEqual(shares(true, 1), [1, 0, 0]);
    equal(shares(false, 1)[0], 0);
  });
});
