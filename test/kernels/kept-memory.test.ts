import { equal, ok } from "node:assert/strict";

import { batchNorm } from "../../lib/kernels/batch-norm";
import { useKernels } from "../../lib/kernels/choose-kernels";
import { borrow } from "../../lib/kernels/direct-tensor";
import { releaseKeptMemory } from "../../lib/kernels/kept-memory";
import { asItIs } from "../../lib/kernels/normalised";
import { sum } from "../../lib/kernels/sum";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { needOwnKernels, normalNorm } from "../helpers/kernels";

describe("the memory for results", () => {
  it("keeps 2 GiB at most, and gives what has been unused for longest back first", function () {
    needOwnKernels(this);
    releaseKeptMemory();
    const half = 2 ** 29;
    const x = tf.zeros<tf.Rank.R4>([1, 1, half / 4 / 8, 8]);
    const y = tf.zeros<tf.Rank.R4>([1, 1, 8192, 8]);
    // The small one is given back first.
    tf.dispose([y, x, x, x, x].map((value) => sum([asItIs(value)])));
    tf.dispose([x, y]);
    equal(releaseKeptMemory(), 4 * half);
  });

  it("hands kept memory back to the system", function () {
    needOwnKernels(this);
    releaseKeptMemory();
    tf.tidy(() => {
      batchNorm(tf.ones([4, 64, 64, 8]), normalNorm(createRandom(1), 8), false);
    });
    const bytes = releaseKeptMemory();
    ok(bytes >= 4 * 64 * 64 * 8 * 4, `${bytes} bytes were kept`);
    equal(releaseKeptMemory(), 0);
  });

  it("counts what calls give back that were still to be made", function () {
    needOwnKernels(this);
    releaseKeptMemory();
    const x = tf.ones<tf.Rank.R4>([4, 64, 64, 8]);
    const [borrowed] = borrow([x]);
    sum([asItIs(borrowed as tf.Tensor as tf.Tensor4D)]).dispose();
    ok(releaseKeptMemory() >= 4 * x.size);
    tf.dispose([borrowed!, x]);
  });

  it("is none with TensorFlow's kernels", () => {
    useKernels("tensorflow");
    equal(releaseKeptMemory(), 0);
    useKernels(null);
  });
});
