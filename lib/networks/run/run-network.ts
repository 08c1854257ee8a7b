import type { Graph } from "../../graph/graph";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";
import { checkImages, type BatchStatistics, type WeightSource } from "../model/stock-forward";
import { borrowForRun } from "./borrowed-tensors";
import { imageOf, type Plan } from "./plan";
import { RunState, runSettings, type RunSettings } from "./run-state";

/** A run of a network, of classes or, as its type says, of an image. */
export interface NetworkRun<Output extends tf.Tensor = tf.Tensor2D> {
  /**
   * The logits, `[batch, classes]`, or `[batch, height, width, channels]` where it ends in an image; disposed with the run. They may be in memory of our own kernels: operations of
   * TensorFlow.js read them as any others, a `tf.tidy` does not dispose them.
   */
  readonly output: Output;
  /** The auxiliary head's logits, `[batch, classes]`; null without one. */
  readonly auxiliary: tf.Tensor2D | null;
  /**
   * Mean and variance that batch normalisations found, by node; empty with moving statistics. Disposed with the run. They may be
   * in memory of our own kernels, as the logits.
   */
  readonly statistics: ReadonlyMap<string, BatchStatistics>;

  /**
   * The backward pass, once.
   *
   * @param output The gradient of the logits, of their shape; it stays the caller's.
   * @param auxiliary The gradient of the auxiliary head's logits; default: none.
   * @returns The gradients of the weights by key, those of `weightKeyOf`; the caller disposes them. Weights that the
   *   run did not use have none.
   * @throws {Problem} Where the run was not asked to keep what this needs, or has gone back already; where a gradient has
   *   another shape than its logits, or is that of an auxiliary head that is not there.
   */
  backward(output: Output, auxiliary?: tf.Tensor2D | null): Map<string, tf.Tensor>;

  dispose(): void;
}

/**
 * Runs a network by the fastest kernels of this process, holding each value only as long as it is needed, and back on
 * request. It computes what `stockForward` computes.
 *
 * @param x Images, `[batch, height, width, channels]`, float32; they stay the caller's.
 * @returns The run; the caller disposes it.
 * @throws {Problem} Where the images have another shape or type than the network takes, or a gradient through moving
 *   statistics is asked for.
 */
export function runNetwork<Output extends tf.Tensor = tf.Tensor2D>(
  plan: Plan,
  weights: WeightSource,
  x: tf.Tensor4D,
  settings: Partial<RunSettings> = {},
): NetworkRun<Output> {
  const all = checkOptions("runNetwork", runSettings, settings);
  const { graph, steps, lastReads, needed } = plan;
  checkImages(graph, x);
  checkType(graph, x);
  if (all.gradient && all.statistics === "moving") {
    throw new Problem(
      `${graph.name} was asked for gradients with moving statistics.`,
      'Train with statistics: "batch", or run without gradient.',
    );
  }
  const borrowed = borrowForRun(plan, weights, x, all.statistics === "moving");
  const run = new RunState(borrowed.weights, all, imageOf(graph).name, plan.finders);
  const end = () => {
    run.releaseAll();
    borrowed.release();
  };
  const outputs = [graph.output, graph.auxiliary];
  try {
    run.attempt(() => {
      run.set(imageOf(graph).name, borrowed.images);
      steps.forEach((step, index) => {
        step.forward(run);
        for (const node of lastReads[index]!) {
          if (!outputs.includes(node) && !(all.gradient && needed.has(node))) run.release(node);
        }
      });
    });
  } catch (error) {
    end();
    throw error;
  }
  const logits = outputs.filter((node): node is string => node !== null).map((node) => run.take(node));
  const [output, auxiliary = null] = logits as [tf.Tensor, tf.Tensor2D?] as [Output, tf.Tensor2D?];
  let open = all.gradient;
  if (!open) end();

  return {
    output,
    auxiliary,
    statistics: run.statistics,
    backward(dOutput, dAuxiliary = null) {
      if (!open) {
        throw new Problem(
          `${graph.name} cannot go back: the run has ended, or was not asked for gradients.`,
          "Run it again with gradient: true, and go back once.",
        );
      }
      checkGradient(graph.name, output, dOutput);
      if (dAuxiliary !== null) checkGradient(`The auxiliary head of ${graph.name}`, auxiliary, dAuxiliary);
      open = false;
      run.attempt(() => {
        run.pass(graph.output, dOutput);
        if (dAuxiliary !== null) run.pass(graph.auxiliary!, dAuxiliary);
        for (const step of [...steps].reverse()) {
          const d = run.takeGradient(step.output);
          if (d !== null) step.backward(run, d);
          d?.dispose();
          run.release(step.output);
          run.releaseKept(step.output);
        }
      });
      end();
      return run.weightGradients;
    },
    dispose() {
      open = false;
      end();
      output.dispose();
      auxiliary?.dispose();
      for (const { mean, variance } of run.statistics.values()) tf.dispose([mean, variance]);
    },
  };
}

function checkGradient(what: string, logits: tf.Tensor | null, d: tf.Tensor): void {
  if (logits !== null && d.shape.join() === logits.shape.join()) return;
  const expected = logits === null ? "none, as it is not there" : `[${logits.shape.join(", ")}], that of its logits`;
  throw new Problem(
    `${what} was given a gradient of shape [${d.shape.join(", ")}], expected ${expected}.`,
    "Give the gradient of the loss of this run.",
  );
}

function checkType({ name }: Graph, x: tf.Tensor4D): void {
  if (x.dtype === "float32") return;
  throw new Problem(`${name} was given images of type ${x.dtype}, expected float32.`, "Convert them: x.toFloat().");
}
