import { equal, ok, throws } from "node:assert/strict";

import { maskLoss } from "../../../lib/networks/train/mask-loss";
import { Problem } from "../../../lib/runtime/problem";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { leavesNothing } from "../helpers";

/** The loss of one image, number by number. */
function lossByHand(logits: readonly number[], mask: readonly number[], weight: number): number {
  const likely = logits.map((z) => 1 / (1 + Math.exp(-z)));
  const entropy = likely.map((p, i) => -(mask[i]! * Math.log(p) + (1 - mask[i]!) * Math.log(1 - p)));
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const dice = (2 * sum(likely.map((p, i) => p * mask[i]!)) + 1) / (sum(likely) + sum(mask) + 1);
  return sum(entropy) / logits.length + weight * (1 - dice);
}

const random = createRandom(4);
const shape: [number, number, number, number] = [2, 3, 4, 1];
const draw = (from: number, to: number) => Array.from({ length: 24 }, () => random.uniform(from, to));
const [logits, masks] = [draw(-3, 3), draw(0, 1)];
const tensors = () => [tf.tensor4d(logits, shape), tf.tensor4d(masks, shape)] as const;

describe("maskLoss(logits, masks, diceWeight)", () => {
  for (const weight of [0, 1, 2.5]) {
    it(`is the cross entropy and ${weight} times what the Dice coefficient lacks, by image, as counted by hand`, () => {
      const [z, y] = tensors();
      const { loss } = maskLoss(z, y, weight);
      const expected = [0, 12].map((start) =>
        lossByHand(logits.slice(start, start + 12), masks.slice(start, start + 12), weight),
      );
      ok(Math.abs(loss.dataSync()[0]! - (expected[0]! + expected[1]!) / 2) < 1e-5);
    });

    it(`has the gradient that differences of the loss give, with the weight ${weight}`, () => {
      const [z, y] = tensors();
      const { gradient } = maskLoss(z, y, weight);
      const given = gradient.dataSync();
      for (const place of [0, 5, 13, 23]) {
        const at = (change: number) => {
          const start = place < 12 ? 0 : 12;
          const moved = logits.map((value, index) => (index === place ? value + change : value));
          return lossByHand(moved.slice(start, start + 12), masks.slice(start, start + 12), weight) / 2;
        };
        const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
        ok(Math.abs(given[place]! - slope) < 1e-6, `${given[place]!} and ${slope}`);
      }
    });
  }

  it("tells the Dice coefficient of each image, 1 where nothing is and nothing is found", () => {
    const z = tf.tensor4d([5, 5, -5, -5, -5, -5, -5, -5], [2, 2, 2, 1]);
    const y = tf.tensor4d([1, 0, 0, 0, 0, 0, 0, 0], [2, 2, 2, 1]);
    const [first, second] = maskLoss(z, y, 1).dice.dataSync();
    ok(Math.abs(first! - 2 / 3) < 1e-5);
    ok(Math.abs(second! - 1) < 1e-5);
  });

  it("stays a number for logits that are very sure and wrong, or right", () => {
    const z = tf.tensor4d([200, -200, 200, -200], [1, 2, 2, 1]);
    const y = tf.tensor4d([0, 1, 1, 0], [1, 2, 2, 1]);
    const { loss, gradient } = maskLoss(z, y, 1);
    equal(loss.dataSync()[0]! > 100 && Number.isFinite(loss.dataSync()[0]), true);
    ok([...gradient.dataSync()].every(Number.isFinite));
  });

  it("refuses masks of another size, and leaves nothing", () => {
    throws(() => maskLoss(tf.zeros([1, 4, 4, 1]), tf.zeros([1, 2, 2, 1]), 1), Problem);
    const [z, y] = tensors();
    leavesNothing(() => {
      const { loss, gradient, dice } = maskLoss(z, y, 1);
      tf.dispose([loss, gradient, dice]);
    });
  });
});
