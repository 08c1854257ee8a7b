import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";

import { viridis } from "../../lib/explain/viridis";

describe("viridis(value)", () => {
  it("has the colours that plotly has for it", () => {
    const text = readFileSync(require.resolve("plotly.js-dist"), "utf8");
    const list = /Viridis: \[\s*([\s\S]*?\])\s*\]/.exec(text)![1]!;
    const stops = [...list.matchAll(/\[([\d.]+), "#(..)(..)(..)"\]/g)];
    ok(stops.length >= 9);
    for (const [, value, ...channels] of stops) {
      const [found, expected] = [viridis(Number(value)), channels.map((channel) => parseInt(channel, 16))];
      for (const channel of [0, 1, 2]) ok(Math.abs(found[channel]! - expected[channel]!) < 1e-9, `at ${value!}`);
    }
  });

  it("gets brighter all the way, and stays at its ends beyond them", () => {
    const brightness = (value: number) => {
      const [red, green, blue] = viridis(value);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    for (let step = 0; step < 100; step++) ok(brightness((step + 1) / 100) > brightness(step / 100), `${step}`);
    deepEqual(viridis(-1), viridis(0));
    deepEqual(viridis(2), viridis(1));
  });
});
