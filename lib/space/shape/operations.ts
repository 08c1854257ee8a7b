import type { Value } from "../../graph/builder";
import { layers } from "../../graph/layer";
import type { Operation, OperationSite } from "../kind";
import type { BlockOperation, KernelSize } from "./choices";

/** An operation of the shape space. */
export type ShapeOperation = `${BlockOperation} ${KernelSize}×${KernelSize}` & keyof typeof shapeOperations;

/**
 * The operations of the shape space, each with the normalisation and the ReLU that end a block. Their order is that of its
 * choices, the kernels of each after each other.
 */
export const shapeOperations = {
  "convolution 3×3": operation("convolution", 3),
  "convolution 5×5": operation("convolution", 5),
  "separable 3×3": operation("separable", 3),
  "separable 5×5": operation("separable", 5),
} as const satisfies Record<string, Operation>;

/** Names the operation of a window. */
export function shapeOperation(of: BlockOperation, kernel: KernelSize): ShapeOperation {
  return `${of} ${kernel}×${kernel}` as ShapeOperation;
}

/** What an operation gives, and how. */
export interface Filters {
  /** What it is. */
  readonly operation: BlockOperation;
  /** Side of its window, in pixels. */
  readonly kernel: KernelSize;
  /** Pixels from one place of the window to the next. */
  readonly stride: number;
  /** Channels of the output. */
  readonly filters: number;
}

/**
 * Adds an operation without its ReLU: `convolution`, or `depthwise` and `pointwise`, and `norm`.
 *
 * @param site Where.
 * @param input `[height, width, channels]`.
 * @returns `[⌈height / stride⌉, ⌈width / stride⌉, filters]`.
 */
export function addFilters({ builder, norm, name }: OperationSite, input: Value, given: Filters): Value {
  const { kernel: size, stride, filters } = given;
  const convolved =
    given.operation === "convolution"
      ? builder.add(name("convolution"), layers.convolution({ size, stride, filters }), input)
      : builder.add(
          name("pointwise"),
          layers.convolution({ size: 1, filters }),
          builder.add(name("depthwise"), layers.depthwise({ size, stride }), input),
        );
  return builder.add(name("norm"), norm, convolved);
}

function operation(of: BlockOperation, kernel: KernelSize): Operation {
  return {
    family: of === "convolution" ? "convolution" : "separable convolution",
    hasWeights: true,
    build(site, input) {
      const filters = input.shape[2]!;
      const value = addFilters(site, input, { operation: of, kernel, stride: 1, filters });
      return site.builder.add(site.name("relu"), layers.activation("relu"), value);
    },
  };
}
