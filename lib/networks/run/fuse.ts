import type { Graph, GraphNode } from "../../graph/graph";
import type {
  Activation,
  BatchNormalisation,
  Convolution,
  Dense,
  DepthwiseConvolution,
  Shape,
} from "../../graph/layer";
import { batchNormStep } from "./steps/batch-norm-step";
import { convolutionNormStep } from "./steps/convolution-norm-step";
import { convolutionStep, depthwiseStep } from "./steps/convolution-step";
import { excitationStep } from "./steps/excitation-step";
import { isFew } from "../../kernels/patches";
import { denseStep, globalAverageStep, globalMaxStep } from "./steps/head-steps";
import { concatenationStep, dropoutStep, reluStep, stockStep } from "./steps/plain-steps";
import { pointwiseStep, type PointwiseNode } from "./steps/pointwise-step";
import { poolStep } from "./steps/pool-steps";
import { separableStep } from "./steps/separable-step";
import type { Step } from "./run-state";
import { sumStep } from "./steps/sum-step";
import { upsampleStep } from "./steps/upsample-step";

/** The most inputs that a sum of 1 × 1 convolutions may have to be computed at once. */
const mostInputs = 32;

/**
 * Finds the layers that are computed at once, and makes the steps of a network. A layer is computed with others only where
 * nobody else reads what it gives.
 *
 * @returns The steps, each after those whose values it reads.
 */
export function fuse(graph: Graph): Step[] {
  return new Fusion(graph).steps();
}

class Fusion {
  private readonly nodes: ReadonlyMap<string, GraphNode>;
  private readonly readers = new Map<string, GraphNode[]>();
  // Nodes that are computed within a step of another one.
  private readonly taken = new Set<string>();

  constructor(private readonly graph: Graph) {
    this.nodes = new Map(graph.nodes.map((node) => [node.name, node]));
    for (const node of graph.nodes) {
      for (const input of new Set(node.inputs)) {
        const list = this.readers.get(input);
        if (list === undefined) this.readers.set(input, [node]);
        else list.push(node);
      }
    }
  }

  steps(): Step[] {
    // Found from the end: a normalisation takes what leads to it before that is looked at by itself.
    const found: Step[] = [];
    for (let index = this.graph.nodes.length - 1; index > 0; index--) {
      const node = this.graph.nodes[index]!;
      if (!this.taken.has(node.name)) found.push(this.stepOf(node));
    }
    return found.reverse();
  }

  private stepOf(node: GraphNode): Step {
    const { name, layer } = node;
    const input = node.inputs[0]!;
    switch (layer.kind) {
      case "batch normalisation":
        return this.normalisation(node, layer, null);
      case "activation":
        return this.excitation(node) ?? this.activation(node, layer);
      case "add":
        return this.excitation(node) ?? this.poolSum(node) ?? sumStep(name, node.inputs, null);
      case "multiply":
        return this.excitation(node) ?? this.stock(node);
      case "convolution":
        return convolutionStep(name, layer, input);
      case "depthwise convolution":
        return depthwiseStep(name, layer, input);
      case "max pool":
      case "average pool":
        return poolStep(name, { kind: layer.kind, window: layer, input, shape: this.shapeOf(input) }, null);
      case "global average pool":
        return this.globalAverage(name, input);
      case "concatenate":
        return concatenationStep(
          name,
          node.inputs,
          node.inputs.map((each) => this.shapeOf(each)),
        );
      case "dense":
        return denseStep(name, layer, input);
      case "dropout":
        return dropoutStep(name, layer, input);
      case "global max pool":
        return globalMaxStep(name, input, this.shapeOf(input) as [number, number, number]);
      case "upsample":
        return upsampleStep(name, layer.factor, input);
      case "flatten":
      case "input":
      case "layer normalisation":
      case "reshape":
      case "shift":
        return this.stock(node);
    }
  }

  private stock(node: GraphNode): Step {
    return stockStep(
      node,
      node.inputs.map((each) => this.shapeOf(each)),
    );
  }

  // A squeeze-and-excitation, with the sum and the ReLU behind it that nobody else reads.
  private excitation(end: GraphNode): Step | null {
    const relu = isRelu(end);
    const before = relu ? this.only(end.inputs[0]!) : end;
    if (before === null) return null;
    const [first, second] = before.inputs;
    const sums = before.layer.kind === "add" && before.inputs.length === 2 && first !== second;
    const ways: [GraphNode | null, string | null][] = sums
      ? [
          [this.only(first!), second!],
          [this.only(second!), first!],
        ]
      : [[before, null]];
    for (const [product, skip] of ways) {
      const found = product && this.excitationNodes(product);
      if (found === null) continue;
      for (const node of [...found.taken, product!, before]) if (node !== end) this.take(node);
      const { input, reduce, expand } = found;
      return excitationStep({ input, reduce: reduce.name, expand: expand.name, skip, relu, output: end.name });
    }
    return null;
  }

  // What makes the gates of a product: the mean over its image, two dense layers, a sigmoid.
  private excitationNodes({ layer, inputs, shape }: GraphNode) {
    if (layer.kind !== "multiply" || shape.length !== 3) return null;
    const [input, gate] = inputs as [string, string];
    const chain: GraphNode[] = [];
    let node = this.only(gate);
    while (node !== null && chain.length < 6) {
      chain.push(node);
      node = this.only(node.inputs[0]!);
    }
    const [image, sigmoid, expand, relu, reduce, pool] = chain;
    if (image?.layer.kind !== "reshape" || pool?.layer.kind !== "global average pool") return null;
    if (image.shape.length !== 3 || pool.inputs[0] !== input || !isRelu(relu!)) return null;
    if (sigmoid?.layer.kind !== "activation" || sigmoid.layer.function !== "sigmoid") return null;
    if (!isDenseWithBias(expand!) || !isDenseWithBias(reduce!)) return null;
    return { input, reduce, expand, taken: chain };
  }

  // The mean over the image, with the ReLU before it that nobody else reads; one that ends a sum is computed with that.
  private globalAverage(pool: string, source: string): Step {
    const before = this.only(source);
    const relu = before !== null && isRelu(before) && this.only(before.inputs[0]!)?.layer.kind !== "add";
    if (relu) this.take(before);
    const input = relu ? before.inputs[0]! : source;
    return globalAverageStep({ input, pool, relu, shape: this.shapeOf(input) as [number, number, number] });
  }

  // A pool and something else that is added to it, where only the sum reads the pool.
  private poolSum(node: GraphNode): Step | null {
    const [first, second, ...others] = node.inputs;
    if (first === undefined || second === undefined || others.length > 0 || first === second) return null;
    for (const [pool, addend] of [[this.only(first), second] as const, [this.only(second), first] as const]) {
      if (pool === null || node.shape.length !== 3) continue;
      const { layer } = pool;
      if (layer.kind !== "max pool" && layer.kind !== "average pool") continue;
      this.take(pool);
      const input = pool.inputs[0]!;
      return poolStep(node.name, { kind: layer.kind, window: layer, input, shape: this.shapeOf(input) }, addend);
    }
    return null;
  }

  // A ReLU with the sum or the normalisation before it, where nobody else reads that.
  private activation(node: GraphNode, layer: Activation): Step {
    const { name } = node;
    const before = this.only(node.inputs[0]!);
    if (layer.function === "relu" && before?.layer.kind === "add" && before.shape.length === 3) {
      this.take(before);
      return sumStep(before.name, before.inputs, name);
    }
    if (layer.function === "relu" && before?.layer.kind === "batch normalisation" && !this.leadsFused(before)) {
      this.take(before);
      return this.normalisation(before, before.layer, name);
    }
    // Of one value, with the normalisation that was left to its reader in the same pass.
    if (layer.function === "relu" && node.shape.length === 3) return sumStep(node.inputs[0]!, [node.inputs[0]!], name);
    if (layer.function === "relu" || layer.function === "relu6") {
      return reluStep(name, node.inputs[0]!, layer.function === "relu6");
    }
    return stockStep(node, [this.shapeOf(node.inputs[0]!)]);
  }

  private normalisation(node: GraphNode, layer: BatchNormalisation, relu: string | null): Step {
    const { epsilon } = layer;
    const plainNorm = batchNormStep({ input: node.inputs[0]!, norm: node.name, relu, epsilon });
    if (relu !== null || node.shape.length !== 3) return plainNorm;
    return (
      this.separable(node, epsilon) ?? this.pointwise(node, epsilon) ?? this.convolutionNorm(node, epsilon) ?? plainNorm
    );
  }

  private leadsFused(norm: GraphNode): boolean {
    return this.separableNodes(norm) !== null || this.pointwiseNodes(norm) !== null || this.leadsConvolved(norm);
  }

  // Of a convolution of images, or of as many channels as there is a kernel for that reads a normalisation and a ReLU on its way.
  private leadsConvolved(norm: GraphNode): boolean {
    const input = this.convolved(norm)?.inputs[0];
    if (input === undefined) return false;
    return input === this.graph.nodes[0]!.name || !isFew(this.shapeOf(input).at(-1)!);
  }

  private separable(norm: GraphNode, epsilon: number): Step | null {
    const found = this.separableNodes(norm);
    if (found === null) return null;
    const { relu, depthwise, pointwise } = found;
    [relu, depthwise, pointwise].forEach((node) => {
      this.take(node);
    });
    const names = { depthwise: depthwise.name, pointwise: pointwise.name, norm: norm.name };
    return separableStep({ input: relu.inputs[0]!, ...names, epsilon });
  }

  // ReLU, depthwise and pointwise convolution before a normalisation.
  private separableNodes(norm: GraphNode) {
    const pointwise = this.only(norm.inputs[0]!);
    if (pointwise === null || !isPointwise(pointwise) || pointwise.layer.stride !== 1) return null;
    const depthwise = this.only(pointwise.inputs[0]!);
    if (depthwise === null || !isSmallDepthwise(depthwise)) return null;
    const relu = this.only(depthwise.inputs[0]!);
    return relu !== null && isRelu(relu) ? { relu, depthwise, pointwise } : null;
  }

  // A convolution over all channels before a normalisation.
  private convolved(norm: GraphNode): NodeOf<Convolution> | null {
    const before = this.only(norm.inputs[0]!);
    return before?.layer.kind === "convolution" && !before.layer.bias ? (before as NodeOf<Convolution>) : null;
  }

  private convolutionNorm(norm: GraphNode, epsilon: number): Step | null {
    const before = this.convolved(norm);
    if (before === null) return null;
    this.take(before);
    const { name, layer, inputs } = before;
    // A ReLU of a normalisation that was left to its reader.
    const cut = this.only(inputs[0]!);
    const relu = cut !== null && isRelu(cut) && this.nodes.get(cut.inputs[0]!)!.layer.kind === "batch normalisation";
    if (relu) this.take(cut);
    const input = relu ? cut.inputs[0]! : inputs[0]!;
    return convolutionNormStep({ input, relu, convolution: name, layer, norm: norm.name, epsilon });
  }

  private pointwise(norm: GraphNode, epsilon: number): Step | null {
    const found = this.pointwiseNodes(norm);
    if (found === null) return null;
    found.taken.forEach((node) => {
      this.take(node);
    });
    const { convolutions, relu, stride, combine } = found;
    return pointwiseStep({ convolutions, options: { relu, stride, combine }, norm: norm.name, epsilon });
  }

  // 1 × 1 convolutions before a normalisation: one, a sum of several, or the two of a factorised reduction.
  private pointwiseNodes(norm: GraphNode) {
    const before = this.only(norm.inputs[0]!);
    if (before === null) return null;
    const combine = before.layer.kind === "concatenate" ? ("concatenation" as const) : ("sum" as const);
    const joined = before.layer.kind === "add" || before.layer.kind === "concatenate";
    const ends = joined ? before.inputs.map((input) => this.only(input)) : [before];
    if (ends.length > mostInputs || new Set(ends).size < ends.length) return null;
    const taken = joined ? [before] : [];
    const convolutions: PointwiseNode[] = [];
    const relus: boolean[] = [];
    for (const end of ends) {
      if (end === null || !isPointwise(end)) return null;
      taken.push(end);
      let source = end.inputs[0]!;
      const moved = this.only(source);
      const shifted = moved?.layer.kind === "shift";
      if (shifted) {
        taken.push(moved);
        source = moved.inputs[0]!;
      }
      // A ReLU that both paths of a factorised reduction read belongs to them alone, too.
      const relu = this.nodes.get(source)!;
      const own = isRelu(relu) && this.readersWithin(relu, [...taken, ...ends]);
      if (own) {
        if (!taken.includes(relu)) taken.push(relu);
        source = relu.inputs[0]!;
      }
      relus.push(own);
      convolutions.push({ input: source, convolution: end.name, shifted });
    }
    const layers = ends.map((end) => end!.layer as Convolution);
    const stride = layers[0]!.stride;
    const even = layers.every((layer) => layer.stride === stride) && relus.every((relu) => relu === relus[0]);
    const shiftedStride = stride === 2 || convolutions.every(({ shifted }) => !shifted);
    if (!even || stride > 2 || !shiftedStride) return null;
    // Our product of matrices is made for few channels.
    const channels = convolutions.reduce((sum, { input }) => sum + this.shapeOf(input).at(-1)!, 0);
    if (channels * norm.shape.at(-1)! > 512 * 256) return null;
    return { convolutions, relu: relus[0]!, stride, combine, taken };
  }

  // Whether all who read a node, directly or through a shift, are among some nodes.
  private readersWithin(node: GraphNode, among: readonly (GraphNode | null)[]): boolean {
    if (node.name === this.graph.output || node.name === this.graph.auxiliary) return false;
    return (this.readers.get(node.name) ?? []).every(
      (reader) => among.includes(reader) || (reader.layer.kind === "shift" && this.readersWithin(reader, among)),
    );
  }

  // A node whose value only one other reads, once.
  private only(name: string): GraphNode | null {
    const readers = this.readers.get(name) ?? [];
    const output = name === this.graph.output || name === this.graph.auxiliary;
    return readers.length === 1 && !output ? this.nodes.get(name)! : null;
  }

  private take(node: GraphNode): void {
    this.taken.add(node.name);
  }

  private shapeOf(name: string): Shape {
    return this.nodes.get(name)!.shape;
  }
}

type NodeOf<Layer> = GraphNode & { readonly layer: Layer };

function isPointwise(node: GraphNode): node is NodeOf<Convolution> {
  const { layer } = node;
  return layer.kind === "convolution" && layer.size === 1 && !layer.bias;
}

function isSmallDepthwise(node: GraphNode): node is NodeOf<DepthwiseConvolution> {
  const { layer } = node;
  if (layer.kind !== "depthwise convolution") return false;
  return layer.stride === 1 && layer.padding === "same" && !layer.bias && [3, 5, 7].includes(layer.size);
}

function isDenseWithBias(node: GraphNode): node is NodeOf<Dense> {
  return node.layer.kind === "dense" && node.layer.bias;
}

function isRelu({ layer }: GraphNode): boolean {
  return layer.kind === "activation" && layer.function === "relu";
}
