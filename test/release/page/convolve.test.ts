import { ok } from "node:assert/strict";

import type { Padding } from "../../../lib/graph/layer";
import { outputShapeOf } from "../../../lib/graph/shapes";
import { layers } from "../../../lib/graph/layer";
import { padsOf } from "../../../lib/onnx/windows";
import { convolution, depthwise } from "../../../lib/release/page/convolve";
import { createRandom } from "../../../lib/runtime/random";

const random = createRandom(3);
const numbers = (length: number) => Float64Array.from({ length }, () => random.uniform() - 0.5);

describe("convolution(window, weights, from, to) and depthwise(window, weights, from, to)", () => {
  for (const padding of ["same", "valid"] as const satisfies readonly Padding[])
    for (const [size, stride, outputs] of [
      [1, 1, 5],
      [3, 2, 7],
      [4, 3, 4],
      [5, 1, 1],
    ] as const)
      it(`sum over the window as written down: ${size}×${size}, stride ${stride}, ${padding}, ${outputs} outputs`, () => {
        const from = [11, 14, 3] as const;
        const window = { size, stride, padding };
        const image = Float32Array.from(numbers(11 * 14 * 3));
        const [full, each] = [numbers(size * size * 3 * outputs), numbers(size * size * 3)];
        const to = outputShapeOf(layers.convolution({ ...window, filters: outputs }), [[...from]], "x");
        const [top, left] = padsOf(window, from);
        const [bias, bias3] = [numbers(outputs), numbers(3)];
        const wide = convolution(window, { kernel: full, bias }, from, to)(image);
        const thin = depthwise(window, { kernel: each, bias: bias3 }, from, [to[0]!, to[1]!, 3])(image);
        const at = (row: number, column: number, channel: number) =>
          row < 0 || column < 0 || row > 10 || column > 13 ? 0 : image[(row * 14 + column) * 3 + channel]!;
        for (let row = 0; row < to[0]!; row++)
          for (let column = 0; column < to[1]!; column++) {
            const [sums, own] = [Float64Array.from(bias), Float64Array.from(bias3)];
            for (let y = 0; y < size; y++)
              for (let x = 0; x < size; x++)
                for (let channel = 0; channel < 3; channel++) {
                  const value = at(row * stride - top + y, column * stride - left + x, channel);
                  const place = (y * size + x) * 3 + channel;
                  own[channel]! += value * each[place]!;
                  for (let output = 0; output < outputs; output++)
                    sums[output]! += value * full[place * outputs + output]!;
                }
            const pixel = row * to[1]! + column;
            for (const [output, sum] of sums.entries()) ok(Math.abs(wide[pixel * outputs + output]! - sum) < 1e-6);
            for (const [channel, sum] of own.entries()) ok(Math.abs(thin[pixel * 3 + channel]! - sum) < 1e-6);
          }
      });
});
