import { Problem } from "../runtime/problem";
import type { Space } from "../space/kinds";
import { microOperations } from "../space/micro/operations";
import type { ControllerSettings } from "./settings";

/** The names of the presets. */
export const presetNames = ["released", "paper", "small"] as const;

/** Which settings: those of the authors' program, those of their paper, or ours for hundreds of images on a CPU. */
export type PresetName = (typeof presetNames)[number];

/** Settings that belong together. */
export interface ControllerPreset {
  readonly settings: ControllerSettings;
  /** How many architectures an update learns from. */
  readonly architecturesPerUpdate: number;
  /** How many updates follow each epoch of training of the shared weights. */
  readonly updatesPerEpoch: number;
  /** What it costs and what to expect, a sentence or two. */
  readonly description: string;
}

// What the presets have in common: the released micro search.
const released: ControllerSettings = {
  units: 64,
  memoryLayers: 1,
  initialRange: 0.1,
  temperature: 1,
  tanhConstant: 1.1,
  operationTanhReduction: 2.5,
  operationBias: null,
  normalCellBias: null,
  skipTarget: 0.4,
  skipWeight: 0.8,
  skipProbability: "drawn",
  entropyWeight: 1e-4,
  entropyKind: "exact",
  baselineDecay: 0.99,
  baselineStart: "zero",
  learningRate: 0.0035,
  beta1: 0,
  beta2: 0.999,
  epsilon: 1e-3,
  gradientBound: null,
};

const releasedMacro: ControllerSettings = {
  ...released,
  tanhConstant: 1.5,
  operationTanhReduction: 1,
  skipProbability: "released",
  entropyKind: "drawn",
  learningRate: 0.001,
};

// As in the ICML version; the first version on arXiv has a learning rate of 0.001 and a skip weight of 0.5.
const paper: ControllerSettings = {
  ...released,
  units: 100,
  temperature: 5,
  tanhConstant: 2.5,
  operationTanhReduction: 1,
  entropyWeight: 0.1,
  baselineStart: "first reward",
  learningRate: 0.00035,
  // The paper names Adam alone: these are its authors' values.
  beta1: 0.9,
  epsilon: 1e-8,
};

const small: ControllerSettings = {
  ...released,
  // Nothing favours an operation beforehand, and the bound lets one become nearly certain.
  tanhConstant: 2.5,
  operationTanhReduction: 1,
  baselineDecay: 0.95,
  baselineStart: "first reward",
  // The gradients of some hundred rewards are far below the published 1e-3, which would keep every step tiny.
  epsilon: 1e-5,
  gradientBound: 5,
};

/**
 * Gives the settings of a name for a space.
 *
 * @param name Which: "released", "paper" or "small".
 * @throws {Problem} Where there is none of that name.
 */
export function controllerPreset(name: PresetName, space: Space): ControllerPreset {
  switch (name) {
    case "released":
      return releasedFor(space);
    case "paper":
      return {
        settings: paper,
        architecturesPerUpdate: 1,
        updatesPerEpoch: 2000,
        description:
          "The paper: 2,000 rewards after each epoch. A nat of entropy counts as much as a tenth of accuracy, which holds choices open that the reward does not ask for; a plain reward is found after about 500 rewards.",
      };
    case "small":
      return {
        settings: small,
        architecturesPerUpdate: 10,
        updatesPerEpoch: 5,
        description:
          "For hundreds of images on a CPU: 50 rewards after each epoch, and about 0.1 seconds for an update beside them. A plain reward is found after about 200 rewards, after which the choices that matter are nearly certain; differences that are small beside the noise of the rewards take far more.",
      };
    default:
      throw new Problem(
        `There is no preset "${String(name)}" of the controller.`,
        'It is "released", "paper" or "small".',
      );
  }
}

function releasedFor(space: Space): ControllerPreset {
  switch (space.kind) {
    case "micro": {
      // The convolutions: 10, 10, 0, 0, 0 and 0.25, 0.25, -0.25, -0.25, -0.25 with the published operations.
      const weighted = space.operations.map((operation) => microOperations[operation].hasWeights);
      return {
        settings: {
          ...released,
          operationBias: weighted.map((has) => (has ? 10 : 0)),
          normalCellBias: weighted.map((has) => (has ? 0.25 : -0.25)),
        },
        architecturesPerUpdate: 10,
        updatesPerEpoch: 30,
        description:
          "The authors' program: 300 rewards after each of 150 epochs. Its bounds keep it near chance, whatever it learns: no operation becomes likelier than 0.46 in the normal and 0.38 in the reduction cell.",
      };
    }
    case "macro":
      return {
        settings: releasedMacro,
        architecturesPerUpdate: 20,
        updatesPerEpoch: 50,
        description:
          "The authors' program: 1,000 rewards after each of 310 epochs. Its penalty, as it is written, aims at 0.31 where 0.4 is asked for.",
      };
    case "shape":
      return {
        settings: releasedMacro,
        architecturesPerUpdate: 20,
        updatesPerEpoch: 50,
        description: "No program was released for this space: the numbers of the search for whole networks.",
      };
  }
}
