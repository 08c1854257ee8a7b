/**
 * A process of its own that computes every kernel: `digest-kernels.ts folder [busy]`. It chooses the kernels of the folder,
 * keeps `busy` other threads working beside, and prints as JSON the choice, a checksum of all results, whether ten
 * repetitions gave the same one, and how far each case is off from TensorFlow's kernels.
 */
import "../../lib/runtime/prepare-tensorflow";
import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";

import { chooseKernels, useKernels } from "../../lib/kernels/choose-kernels";
import { tf } from "../../lib/runtime/tensorflow";
import { kernelCases } from "./kernel-cases";

/** The largest difference between two lists of results, of the largest number, 1 at least. */
function difference(own: tf.Tensor[], expected: tf.Tensor[]): number {
  return Math.max(
    ...own.map((tensor, index) => {
      const [a, b] = [tensor.dataSync<"float32">(), expected[index]!.dataSync<"float32">()];
      const largest = b.reduce((most, each) => Math.max(most, Math.abs(each)), 1);
      return a.reduce((most, each, place) => Math.max(most, Math.abs(each - b[place]!)), 0) / largest;
    }),
  );
}

const [folder, busy = "0"] = process.argv.slice(2);
const choice = chooseKernels(folder!);
const others = Array.from({ length: Number(busy) }, () => new Worker("for (;;) Math.sqrt(2);", { eval: true }));
const cases = kernelCases();

function digest(): string {
  const hash = createHash("sha256");
  for (const { compute } of cases) {
    const results = compute();
    for (const each of results) hash.update(Buffer.from(each.dataSync().buffer));
    tf.dispose(results);
  }
  return hash.digest("hex");
}

const digests = Array.from({ length: 10 }, digest);
const differences = cases.map(({ name, compute }) => {
  const own = compute();
  useKernels("tensorflow");
  const expected = compute();
  useKernels(null);
  const off = difference(own, expected);
  tf.dispose([own, expected]);
  return { name, off };
});
void Promise.all(others.map((each) => each.terminate())).then(() => {
  const steady = digests.every((each) => each === digests[0]);
  process.stdout.write(`\n${JSON.stringify({ choice, digest: digests[0], steady, differences })}`);
});
