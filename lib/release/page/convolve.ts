import type { Shape, Window } from "../../graph/layer";
import { padsOf } from "../../onnx/windows";

/** Computes a layer of an image, `[height, width, channels]` row by row. */
export type ImageFunction = (image: Float32Array) => Float32Array;

/** A convolution with what follows it and can be done with it: weights as they are after a batch normalisation. */
export interface ConvolutionWeights {
  /** The kernel: `[height, width, inputs, outputs]`, or `[height, width, channels]` of a depthwise one. */
  readonly kernel: Float64Array;
  /** What is added to each output. */
  readonly bias: Float64Array;
}

/** Pixels that are computed at a time: their surroundings lie in the processor's cache. */
const tile = 64;

/**
 * Makes a convolution over all channels: the surroundings of some pixels as rows of a matrix, times the kernel, four pixels and
 * four outputs at a time.
 *
 * @param window How the window moves.
 * @param weights The kernel, and what is added.
 * @param from The image's shape.
 * @param to The output's shape.
 */
export function convolution(window: Window, weights: ConvolutionWeights, from: Shape, to: Shape): ImageFunction {
  const { kernel, bias } = weights;
  const [height, width, inputs] = from as [number, number, number];
  const [rows, columns, outputs] = to as [number, number, number];
  const { size, stride } = window;
  const [top, left] = padsOf(window, from);
  const depth = size * size * inputs;
  const packed = packByFours(kernel, depth, outputs);
  const surroundings = new Float64Array(tile * depth);
  const pixels = rows * columns;
  return (image) => {
    const output = new Float32Array(pixels * outputs);
    for (let start = 0; start < pixels; start += tile) {
      const count = Math.min(tile, pixels - start);
      for (let index = 0; index < count; index++) {
        const pixel = start + index;
        const down = Math.floor(pixel / columns) * stride - top;
        const across = (pixel % columns) * stride - left;
        let place = index * depth;
        for (let row = down; row < down + size; row++) {
          for (let column = across; column < across + size; column++) {
            if (row < 0 || row >= height || column < 0 || column >= width) {
              surroundings.fill(0, place, place + inputs);
              place += inputs;
            } else {
              const source = (row * width + column) * inputs;
              for (let channel = 0; channel < inputs; channel++) surroundings[place++] = image[source + channel]!;
            }
          }
        }
      }
      multiply({ surroundings, packed, bias, output, count, depth, outputs, start });
    }
    return output;
  };
}

/** Makes a convolution of each channel by itself. */
export function depthwise(window: Window, { kernel, bias }: ConvolutionWeights, from: Shape, to: Shape): ImageFunction {
  const [height, width, channels] = from as [number, number, number];
  const [rows, columns] = to as [number, number];
  const { size, stride } = window;
  const [top, left] = padsOf(window, from);
  const sums = new Float64Array(channels);
  return (image) => {
    const output = new Float32Array(rows * columns * channels);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        sums.set(bias);
        for (let y = 0; y < size; y++) {
          const down = row * stride - top + y;
          if (down < 0 || down >= height) continue;
          for (let x = 0; x < size; x++) {
            const across = column * stride - left + x;
            if (across < 0 || across >= width) continue;
            const source = (down * width + across) * channels;
            const weight = (y * size + x) * channels;
            for (let channel = 0; channel < channels; channel++)
              sums[channel]! += image[source + channel]! * kernel[weight + channel]!;
          }
        }
        output.set(sums, (row * columns + column) * channels);
      }
    return output;
  };
}

// Four outputs beside each other, input by input; what is missing of the last four is 0.
function packByFours(kernel: Float64Array, depth: number, outputs: number): Float64Array {
  const fours = Math.ceil(outputs / 4);
  const packed = new Float64Array(fours * depth * 4);
  for (let place = 0; place < depth; place++)
    for (let output = 0; output < outputs; output++)
      packed[((output >> 2) * depth + place) * 4 + (output & 3)] = kernel[place * outputs + output]!;
  return packed;
}

interface Product {
  readonly surroundings: Float64Array;
  readonly packed: Float64Array;
  readonly bias: Float64Array;
  readonly output: Float32Array;
  readonly count: number;
  readonly depth: number;
  readonly outputs: number;
  readonly start: number;
}

// Sixteen sums at a time, each in a variable of its own, stay in the processor's registers.
function multiply({ surroundings: a, packed: b, bias, output, count, depth, outputs, start }: Product): void {
  const block = new Float64Array(16);
  for (let first = 0; first < outputs; first += 4) {
    const weights = first * depth;
    for (let pixel = 0; pixel < count; pixel += 4) {
      const [p0, p1, p2, p3] = [pixel * depth, (pixel + 1) * depth, (pixel + 2) * depth, (pixel + 3) * depth];
      let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
      let [c0, c1, c2, c3, d0, d1, d2, d3] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let place = 0, weight = weights; place < depth; place++, weight += 4) {
        const w0 = b[weight]!;
        const w1 = b[weight + 1]!;
        const w2 = b[weight + 2]!;
        const w3 = b[weight + 3]!;
        let x = a[p0 + place]!;
        a0 += x * w0;
        a1 += x * w1;
        a2 += x * w2;
        a3 += x * w3;
        x = a[p1 + place]!;
        b0 += x * w0;
        b1 += x * w1;
        b2 += x * w2;
        b3 += x * w3;
        x = a[p2 + place]!;
        c0 += x * w0;
        c1 += x * w1;
        c2 += x * w2;
        c3 += x * w3;
        x = a[p3 + place]!;
        d0 += x * w0;
        d1 += x * w1;
        d2 += x * w2;
        d3 += x * w3;
      }
      block.set([a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3]);
      const [across, down] = [Math.min(4, outputs - first), Math.min(4, count - pixel)];
      for (let row = 0; row < down; row++)
        for (let column = 0; column < across; column++)
          output[(start + pixel + row) * outputs + first + column] = block[row * 4 + column]! + bias[first + column]!;
    }
  }
}
