import { deepEqual, equal, throws } from "node:assert/strict";

import { controllerPreset } from "../../lib/controller/presets";
import { checkSettings, type ControllerSettings } from "../../lib/controller/settings";
import { macroSpace, microSpace, shapeSpace } from "../helpers/spaces";

const micro = microSpace(5);
const macro = macroSpace(6);
const check = (given: Partial<ControllerSettings>) =>
  checkSettings(given, controllerPreset("released", micro).settings, micro);

describe("checkSettings(given, defaults, space)", () => {
  it("takes what is given, and the defaults for the rest", () => {
    const settings = check({ temperature: 5, tanhConstant: null, gradientBound: 1 });
    deepEqual(settings, {
      ...controllerPreset("released", micro).settings,
      temperature: 5,
      tanhConstant: null,
      gradientBound: 1,
    });
  });

  it("refuses a setting that is none, and names the nearest", () => {
    throws(() => check({ temprature: 5 } as never), /no option "temprature"\. Did you mean "temperature"/);
  });

  for (const [name, values, expected] of [
    ["units", [0, 2.5, NaN], /whole number from 1/],
    ["memoryLayers", [0], /whole number from 1/],
    ["initialRange", [-1, Infinity], /a number from 0/],
    ["temperature", [0, -1, NaN, Infinity], /a number above 0/],
    ["tanhConstant", [0, NaN], /a number above 0, or null/],
    ["operationTanhReduction", [0], /a number above 0/],
    ["skipTarget", [0, 1], /a number between 0 and 1/],
    ["skipWeight", [-0.1], /from 0/],
    ["skipProbability", ["sampled"], /"drawn" or "released"/],
    ["entropyWeight", [-1, NaN], /from 0/],
    ["entropyKind", ["true"], /"exact" or "drawn"/],
    ["baselineDecay", [1, -0.1], /from 0 to below 1/],
    ["baselineStart", ["first"], /"zero" or "first reward"/],
    ["learningRate", [-1, NaN], /from 0/],
    ["beta1", [1], /from 0 to below 1/],
    ["beta2", [1], /from 0 to below 1/],
    ["epsilon", [0], /above 0/],
    ["gradientBound", [0], /above 0, or null/],
    [
      "operationBias",
      [
        [1, 2],
        [1, 2, 3, 4, NaN],
      ],
      /5 numbers, for separable 3×3.*, or null|a number/,
    ],
    ["normalCellBias", [[1, 2, 3, 4, 5, 6], 3], /5 numbers, for separable 3×3.*, or null|a list, or null/],
  ] as const) {
    it(`refuses a value of ${name} that is out of range, and says what is expected`, () => {
      for (const value of values) {
        throws(
          () => check({ [name]: value }),
          (error: Error) => error.name === "Problem" && error.message.includes(name) && expected.test(error.message),
          String(value),
        );
      }
    });
  }

  it("takes a learning rate and an initial range of 0", () => {
    equal(check({ learningRate: 0, initialRange: 0 }).learningRate, 0);
  });

  it("refuses a bias of the normal cell in the macro space, and wants six numbers for its operations", () => {
    const { settings } = controllerPreset("released", macro);
    throws(() => checkSettings({ normalCellBias: [0, 0, 0, 0, 0, 0] }, settings, macro), /which has no cells/);
    throws(() => checkSettings({ operationBias: [0, 0, 0, 0, 0] }, settings, macro), /6 numbers/);
  });

  it("refuses a bias of operations in the shape space, which has none in common", () => {
    const { settings } = controllerPreset("small", shapeSpace());
    for (const name of ["operationBias", "normalCellBias"])
      throws(
        () => checkSettings({ [name]: [0, 0] }, settings, shapeSpace()),
        new RegExp(`given ${name}: \\[0, 0\\] in the shape space.*or give null`, "s"),
      );
  });
});
