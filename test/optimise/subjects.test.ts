import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { costOf } from "../../lib/graph/cost";
import { samplePoint } from "../../lib/optimise/dimension";
import { aroundFound, aroundHandCrafted, type Subject } from "../../lib/optimise/subjects";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { sampleArchitecture } from "../../lib/space/sample";
import { buildSpecified } from "../../lib/train/specification";
import { checkTraining } from "../../lib/train/training-options";
import { macroSpace, microSpace, shapeSpace } from "../helpers/spaces";

const size = { height: 32, width: 32, channels: 1 };
const options = { name: "ENAS", training: { batchSize: 16 }, size: 32 };
const aroundSpace = (space: Parameters<typeof sampleArchitecture>[0]) =>
  aroundFound({ kind: "found", architecture: sampleArchitecture(space, createRandom(1)), settings: {} }, options);
const parametersOf = (subject: Subject, point: Parameters<Subject["make"]>[0]) =>
  costOf(buildSpecified(subject.make(point).network, size)).trainable;
const learning = { rate: 0.05, decay: 5e-4, dropout: 0.3, smoothing: 0, variation: 0.5 };

describe("aroundFound(network, options) and aroundHandCrafted(name, options)", () => {
  it("make networks that can be built, and trainings that are some, anywhere", () => {
    const random = createRandom(2);
    const subjects = [
      ...[microSpace(3), macroSpace(3), shapeSpace()].map(aroundSpace),
      ...["plain CNN", "ResNet-18"].map((name) => aroundHandCrafted(name, options)),
    ];
    for (const { name, dimensions, make } of subjects)
      for (let draw = 0; draw < 12; draw++) {
        const { network, training } = make(samplePoint(dimensions, random));
        ok(buildSpecified(network, size).nodes.length > 3, name);
        const { batchSize, epochs } = checkTraining({ ...training, epochs: 7 }, 5);
        deepEqual([batchSize, epochs], [16, 7]);
      }
  });

  it("change channels and depth of cells, and nothing of their wiring", () => {
    const subject = aroundSpace(microSpace(3));
    const at = (cells: number, channels: number) => parametersOf(subject, { ...learning, cells, channels });
    ok(at(2, 4) < at(4, 4) && at(4, 4) < at(4, 8));
  });

  it("have the plain CNN where nothing is changed, and a wider or deeper one elsewhere", () => {
    const plain = aroundHandCrafted("plain CNN", options);
    const at = (width: number, depth: number) => parametersOf(plain, { ...learning, width, depth });
    equal(at(1, 0), 72_146);
    ok(at(2, 0) > 3.5 * at(1, 0) && at(1, 1) > at(1, 0) && at(1, -1) < at(1, 0));
  });

  it("pass on what was chosen of training", () => {
    const { training } = aroundHandCrafted("plain CNN", options).make({
      ...learning,
      smoothing: 0.1,
      width: 1,
      depth: 0,
    });
    const { schedule, optimiser, labelSmoothing, augment } = checkTraining({ ...training, epochs: 3 }, 5);
    deepEqual(
      [schedule.kind, schedule.rate, optimiser.decay, labelSmoothing, augment.shift],
      ["one-cycle", 0.05, 5e-4, 0.1, 2],
    );
  });

  it("refuse a network that is not there", () => {
    throws(
      () => aroundHandCrafted("ResNet-19", options),
      (error: unknown) => error instanceof Problem && error.message.includes('no hand-crafted network "ResNet-19"'),
    );
  });
});
