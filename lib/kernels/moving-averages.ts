import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import { float, integer } from "./attributes";
import { makeCalls } from "./call-queue";
import { ownKernels } from "./choose-kernels";
import { callDirect } from "./direct-call";
import { makeReady } from "./in-place";

/**
 * Moves averages towards values, in place: average = keep · average + (1 - keep) · value.
 *
 * @param values The values, of the averages' shapes; they stay as they are.
 * @param keep How much of an average stays, 0 to 1.
 * @throws {Problem} Where there is not one value for each average.
 */
export function moveAverages(averages: readonly tf.Variable[], values: readonly tf.Tensor[], keep: number): void {
  if (averages.length !== values.length) {
    throw new Problem(
      `${averages.length} averages were to be moved towards ${values.length} values.`,
      "Give one value for each average.",
    );
  }
  if (averages.length === 0) return;
  if (!ownKernels()) {
    averages.forEach((average, index) => {
      const moved = tf.tidy(() => tf.add(tf.mul(average, keep), tf.mul(values[index]!, 1 - keep)));
      average.assign(moved);
      moved.dispose();
    });
    return;
  }
  makeReady(averages);
  callDirect("SonoNasMoveAverages", [integer("N", averages.length), float("keep", keep)], [...averages, ...values], []);
  makeCalls();
}
