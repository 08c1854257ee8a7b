import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";

/** The loss of masks, and the backward pass to the logits; the caller disposes all of it. */
export interface MaskLoss {
  /** The mean loss over the batch, `[]`. */
  readonly loss: tf.Scalar;
  /** The gradient of the logits, of their shape. */
  readonly gradient: tf.Tensor4D;
  /** The Dice coefficient of each image, where what is likelier lesion than not is taken for it, 0 to 1, `[batch]`. */
  readonly dice: tf.Tensor1D;
}

/** Added to both sides of a Dice coefficient, in pixels, so that it is defined where there is no lesion. */
const smoothing = 1;

/**
 * The loss of a network that says of each pixel whether it is lesion: cross entropy, the mean over the pixels, and by its weight one
 * less the Dice coefficient of the probabilities (Milletari, Navab and Ahmadi, "V-Net", 3DV 2016, with sums in place of squares),
 * each by image, so that small lesions count as much as large ones.
 *
 * @param logits `[batch, height, width, 1]`.
 * @param masks Which share of each pixel is lesion, 0 to 1, of the same shape.
 * @param diceWeight How much the Dice coefficient counts beside the cross entropy, from 0.
 * @throws {Problem} Where the shapes differ.
 */
export function maskLoss(logits: tf.Tensor4D, masks: tf.Tensor4D, diceWeight: number): MaskLoss {
  if (logits.shape.join() !== masks.shape.join()) {
    throw new Problem(
      `Masks of shape [${masks.shape.join(", ")}] were given for logits of shape [${logits.shape.join(", ")}].`,
      "Prepare masks at the size of the images that the network takes.",
    );
  }
  const [batch, height, width, channels] = logits.shape;
  const pixels = height * width * channels;
  return tf.tidy(() => {
    const [z, y] = [tf.reshape(logits, [batch, pixels]), tf.reshape(masks, [batch, pixels])];
    const p = tf.sigmoid(z);
    const sumOf = (x: tf.Tensor) => tf.sum(x, 1, true);
    // log(1 + e^z) - y · z without overflow.
    const entropy = tf
      .relu(z)
      .add(tf.log1p(tf.exp(tf.neg(tf.abs(z)))))
      .sub(y.mul(z));
    const both = sumOf(p.mul(y)).mul(2).add(smoothing);
    const all = sumOf(p).add(sumOf(y)).add(smoothing);
    const share = both.div(all);
    const loss = entropy.mean().add(tf.sub(1, share).mean().mul(diceWeight));
    // By a probability: of the coefficient (2 · y · all - both) / all², of the probability by its logit p · (1 - p).
    const dShare = y.mul(2).sub(share).div(all).mul(p).mul(tf.sub(1, p));
    const gradient = p.sub(y).div(pixels).sub(dShare.mul(diceWeight)).div(batch);
    const [found, lesion] = [tf.greater(z, 0).toFloat(), tf.greater(y, 0.5).toFloat()];
    const size = tf.sum(found, 1).add(tf.sum(lesion, 1));
    // Nothing found where nothing is: all right.
    const dice = tf.sum(found.mul(lesion), 1).mul(2).add(1e-6).div(size.add(1e-6));
    return {
      loss: loss.asScalar(),
      gradient: tf.reshape<tf.Rank.R4>(gradient, [batch, height, width, channels]),
      dice: dice.as1D(),
    };
  });
}
