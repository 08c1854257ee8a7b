import { batchNorm, batchNormForReader, batchNormGradients, type BatchNormResult } from "../../../kernels/batch-norm";
import { share } from "../../../kernels/direct-tensor";
import { sum } from "../../../kernels/sum";
import { scaleAndShift } from "../../../kernels/normalised";
import { tf } from "../../../runtime/tensorflow";
import type { RunState, Step } from "../run-state";

/** The nodes of a batch normalisation, with a ReLU behind it or without. */
export interface BatchNormNodes {
  readonly input: string;
  readonly norm: string;
  /** The ReLU; null for none. */
  readonly relu: string | null;
  readonly epsilon: number;
}

/** Batch normalisation by itself, with a ReLU if there is one. */
export function batchNormStep({ input, norm, relu, epsilon }: BatchNormNodes): Step {
  const output = relu ?? norm;
  // Of images, and without a ReLU, what it gives is left to the reader: one pass over memory less.
  const forReader = (run: RunState) => relu === null && run.plain(input).rank === 4;
  const set = (run: RunState, out: tf.Tensor) => {
    run.set(output, inShape(out, run.plain(input).shape));
    out.dispose();
  };
  const statisticsOf = (run: RunState): [tf.Tensor1D, tf.Tensor1D] => {
    if (!forReader(run)) return run.kept(output) as [tf.Tensor1D, tf.Tensor1D];
    const { mean, variance } = run.normalised(norm);
    return [mean, variance];
  };
  return {
    output,
    inputs: [input],
    keeps: [input],
    keepsOutput: true,
    forward(run) {
      const weights = run.norm(norm, epsilon);
      if (forReader(run)) {
        if (run.settings.statistics === "moving") run.setMoving(norm, share(run.plain(input)), epsilon);
        else run.setNormalised(norm, batchNormForReader(run.plain(input), weights));
        return;
      }
      const x = asImages(run.plain(input));
      if (run.settings.statistics === "moving") {
        const [mean, variance] = [run.vector(norm, "moving_mean"), run.vector(norm, "moving_variance")];
        const { scale, shift } = scaleAndShift(weights, mean, variance);
        set(run, sum([{ value: x, scale, shift }], relu !== null));
        tf.dispose([scale, shift, x]);
        return;
      }
      const { out, mean, variance } = batchNorm(x, weights, relu !== null);
      run.noteStatistics(norm, mean, variance);
      x.dispose();
      set(run, out);
      run.keep(output, [mean, variance]);
    },
    backward(run, d) {
      const [mean, variance] = statisticsOf(run);
      const x = run.plain(input);
      const [images, dImages, out] = [asImages(x), asImages(d), asImages(relu === null ? d : run.plain(output))];
      const result: BatchNormResult = { out, mean, variance };
      const gradients = batchNormGradients(dImages, images, result, run.norm(norm, epsilon), relu !== null);
      run.give(norm, "gamma", gradients.gamma);
      run.give(norm, "beta", gradients.beta);
      const dX = inShape(gradients.x, x.shape);
      run.pass(input, dX);
      tf.dispose([images, dImages, out, gradients.x, dX]);
    },
  };
}

// The kernels normalise images: a row of numbers is one of a single pixel.
function asImages(x: tf.Tensor): tf.Tensor4D {
  return inShape(x, x.rank === 4 ? x.shape : [x.shape[0], 1, 1, x.shape.at(-1)!]) as tf.Tensor4D;
}

// A copy in the shape. Of images it is a clone, whose memory others can be seen to hold: what is reshaped is never changed
// in place.
function inShape(x: tf.Tensor, shape: number[]): tf.Tensor {
  return x.rank === shape.length ? share(x) : tf.reshape(x, shape);
}
