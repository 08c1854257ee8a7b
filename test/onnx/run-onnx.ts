import type { ReadNode, ReadOnnx, ReadTensor } from "./read-onnx";

/**
 * Computes a model as the definitions of ONNX's operations say, number by number: slow, and with nothing of the library in it.
 *
 * @param image What goes in, `[batch, channels, height, width]`.
 * @returns Every value by its name.
 */
export function runOnnx(model: ReadOnnx, image: ReadTensor): Map<string, ReadTensor> {
  const values = new Map(model.constants);
  values.set(model.inputs[0]!.name, image);
  for (const node of model.nodes) {
    const inputs = node.inputs.map((name) => {
      // An input that is left out.
      if (name === "") return { shape: [0], values: [] };
      const value = values.get(name);
      if (value === undefined) throw new Error(`${node.type} takes ${name}, which is not there before it`);
      return value;
    });
    const [output] = node.outputs;
    if (values.has(output!)) throw new Error(`${output!} is given twice`);
    values.set(output!, compute(node, inputs));
  }
  return values;
}

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Makes a tensor of what each place in it is. */
function fill(shape: readonly number[], value: (place: readonly number[]) => number): ReadTensor {
  const values = Float64Array.from({ length: count(shape) }, (_, index) => {
    const place: number[] = [];
    for (let axis = shape.length - 1, rest = index; axis >= 0; axis--) {
      place[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return value(place);
  });
  return { shape, values };
}

/** Reads a number; along axes of 1, and missing axes in front, the same for all. */
function at({ shape, values }: ReadTensor, place: readonly number[]): number {
  const skipped = place.length - shape.length;
  const index = shape.reduce((sum, size, axis) => sum * size + (size === 1 ? 0 : place[axis + skipped]!), 0);
  return values[index]!;
}

function both(a: ReadTensor, b: ReadTensor, operation: (x: number, y: number) => number): ReadTensor {
  const rank = Math.max(a.shape.length, b.shape.length);
  const size = ({ shape }: ReadTensor, axis: number) => shape[axis - rank + shape.length] ?? 1;
  const shape = Array.from({ length: rank }, (_, axis) => Math.max(size(a, axis), size(b, axis)));
  return fill(shape, (place) => operation(at(a, place), at(b, place)));
}

const each = ({ shape, values }: ReadTensor, change: (x: number) => number): ReadTensor => ({
  shape,
  values: Float64Array.from(values, change),
});

function compute(node: ReadNode, inputs: readonly ReadTensor[]): ReadTensor {
  const [x, second, third] = inputs as [ReadTensor, ReadTensor, ReadTensor];
  const list = (name: string) => node.attributes[name] as number[];
  const one = (name: string) => node.attributes[name] as number;
  switch (node.type) {
    case "Add":
      return both(x, second, (a, b) => a + b);
    case "Sub":
      return both(x, second, (a, b) => a - b);
    case "Mul":
      return both(x, second, (a, b) => a * b);
    case "Div":
      return both(x, second, (a, b) => a / b);
    case "Identity":
      return x;
    case "Relu":
      return each(x, (value) => Math.max(0, value));
    case "Clip":
      return each(x, (value) => Math.min(third.values[0]!, Math.max(second.values[0]!, value)));
    case "Sigmoid":
      return each(x, (value) => 1 / (1 + Math.exp(-value)));
    case "Tanh":
      return each(x, Math.tanh);
    case "Erf":
      return each(x, erf);
    case "Conv":
      return convolve(node, inputs);
    case "MaxPool":
    case "AveragePool":
      return pool(node, x);
    case "GlobalMaxPool":
    case "GlobalAveragePool": {
      const area = x.shape[2]! * x.shape[3]!;
      return fill([x.shape[0]!, x.shape[1]!, 1, 1], ([image, channel]) => {
        const start = (image! * x.shape[1]! + channel!) * area;
        const own = Array.from({ length: area }, (_, index) => x.values[start + index]!);
        return node.type === "GlobalMaxPool" ? Math.max(...own) : own.reduce((a, b) => a + b, 0) / area;
      });
    }
    case "BatchNormalization": {
      const [, gamma, beta, mean, variance] = inputs as ReadTensor[];
      return fill(x.shape, (place) => {
        const channel = [place[1]!];
        const width = Math.sqrt(at(variance!, channel) + one("epsilon"));
        return ((at(x, place) - at(mean!, channel)) / width) * at(gamma!, channel) + at(beta!, channel);
      });
    }
    case "LayerNormalization": {
      const features = x.shape.at(-1)!;
      return fill(x.shape, (place) => {
        const own = Array.from({ length: features }, (_, feature) => at(x, [...place.slice(0, -1), feature]));
        const mean = own.reduce((a, b) => a + b, 0) / features;
        const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / features;
        const normal = (at(x, place) - mean) / Math.sqrt(variance + one("epsilon"));
        return normal * second.values[place.at(-1)!]! + third.values[place.at(-1)!]!;
      });
    }
    case "Transpose": {
      const order = list("perm");
      return fill(
        order.map((axis) => x.shape[axis]!),
        (place) => {
          const from: number[] = [];
          for (const [axis, old] of order.entries()) from[old] = place[axis]!;
          return at(x, from);
        },
      );
    }
    case "Flatten":
      return { shape: [x.shape[0]!, count(x.shape.slice(1))], values: x.values };
    case "Reshape":
      return {
        shape: Array.from(second.values, (size, axis) => (size === 0 ? x.shape[axis]! : size)),
        values: x.values,
      };
    case "Concat": {
      const sizes = inputs.map(({ shape }) => shape[1]!);
      const shape = [x.shape[0]!, sizes.reduce((a, b) => a + b, 0), ...x.shape.slice(2)];
      return fill(shape, ([image, channel, ...rest]) => {
        let [input, left] = [0, channel!];
        while (left >= sizes[input]!) left -= sizes[input++]!;
        return at(inputs[input]!, [image!, left, ...rest]);
      });
    }
    case "Gemm":
      return fill([x.shape[0]!, second.shape[1]!], ([image, unit]) => {
        let sum = inputs.length === 3 ? third.values[unit!]! : 0;
        for (let feature = 0; feature < second.shape[0]!; feature++)
          sum += at(x, [image!, feature]) * second.values[feature * second.shape[1]! + unit!]!;
        return sum;
      });
    case "Pad": {
      const rank = x.shape.length;
      const sizes = x.shape.map((size, axis) => size + second.values[axis]! + second.values[axis + rank]!);
      return fill(sizes, (place) => {
        const from = place.map((index, axis) => index - second.values[axis]!);
        return from.every((index, axis) => index >= 0 && index < x.shape[axis]!) ? at(x, from) : 0;
      });
    }
    case "Slice": {
      const [starts, ends, axes] = inputs.slice(1).map<number[]>(({ values }) => Array.from(values));
      const limits = x.shape.map((size, axis) => {
        const given = axes!.indexOf(axis);
        return given < 0 ? [0, size] : [starts![given]!, Math.min(size, ends![given]!)];
      });
      return fill(
        limits.map(([start, end]) => end! - start!),
        (place) =>
          at(
            x,
            place.map((index, axis) => index + limits[axis]![0]!),
          ),
      );
    }
    case "Resize": {
      const { mode, coordinate_transformation_mode: places, nearest_mode: rounding } = node.attributes;
      if (mode !== "nearest" || places !== "asymmetric" || rounding !== "floor")
        throw new Error("another way to resize");
      const scales = Array.from(third.values);
      return fill(
        x.shape.map((size, axis) => Math.floor(size * scales[axis]!)),
        (place) =>
          at(
            x,
            place.map((index, axis) => Math.floor(index / scales[axis]!)),
          ),
      );
    }
    case "Softmax":
      return fill(x.shape, ([image, unit]) => {
        const own = Array.from({ length: x.shape[1]! }, (_, index) => at(x, [image!, index]));
        const most = Math.max(...own);
        return Math.exp(own[unit!]! - most) / own.reduce((sum, value) => sum + Math.exp(value - most), 0);
      });
    default:
      throw new Error(`There is no operation ${node.type} here.`);
  }
}

/** Says how large a window's result is, and which pixels each window has, null beyond the border. */
function windows(node: ReadNode, { shape }: ReadTensor) {
  const list = (name: string) => node.attributes[name] as number[];
  const [kernel, strides, pads] = [list("kernel_shape"), list("strides"), list("pads")];
  const sizes = [0, 1].map((axis) =>
    Math.floor((shape[axis + 2]! + pads[axis]! + pads[axis + 2]! - kernel[axis]!) / strides[axis]! + 1),
  );
  const pixels = (row: number, column: number) =>
    Array.from({ length: kernel[0]! * kernel[1]! }, (_, index) => {
      const down = row * strides[0]! - pads[0]! + Math.floor(index / kernel[1]!);
      const across = column * strides[1]! - pads[1]! + (index % kernel[1]!);
      const inside = down >= 0 && down < shape[2]! && across >= 0 && across < shape[3]!;
      return inside ? ([down, across] as const) : null;
    });
  return { sizes, pixels };
}

function convolve(node: ReadNode, [x, kernel, bias]: readonly ReadTensor[]): ReadTensor {
  const { sizes, pixels } = windows(node, x!);
  const [outputs, inputs] = kernel!.shape as [number, number];
  const groups = (node.attributes.group as number | undefined) ?? 1;
  return fill([x!.shape[0]!, outputs, ...sizes], ([image, output, row, column]) => {
    const first = Math.floor(output! / (outputs / groups)) * inputs;
    let sum = bias?.values[output!] ?? 0;
    for (const [index, pixel] of pixels(row!, column!).entries()) {
      if (pixel === null) continue;
      for (let input = 0; input < inputs; input++) {
        const place = (output! * inputs + input) * kernel!.shape[2]! * kernel!.shape[3]! + index;
        sum += at(x!, [image!, first + input, ...pixel]) * kernel!.values[place]!;
      }
    }
    return sum;
  });
}

function pool(node: ReadNode, x: ReadTensor): ReadTensor {
  const { sizes, pixels } = windows(node, x);
  return fill([x.shape[0]!, x.shape[1]!, ...sizes], ([image, channel, row, column]) => {
    const own = pixels(row!, column!).flatMap((pixel) => (pixel === null ? [] : [at(x, [image!, channel!, ...pixel])]));
    return node.type === "MaxPool" ? Math.max(...own) : own.reduce((a, b) => a + b, 0) / own.length;
  });
}

/** The error function by its series, and near its limits by them. */
function erf(x: number): number {
  if (Math.abs(x) > 5) return Math.sign(x);
  let [sum, term] = [0, x];
  for (let index = 0; index < 120; index++) {
    sum += term / (2 * index + 1);
    term *= (-x * x) / (index + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
