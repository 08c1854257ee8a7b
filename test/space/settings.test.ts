import { throws } from "node:assert/strict";

import { checkMacroSettings } from "../../lib/space/macro/settings";
import { checkMicroSettings } from "../../lib/space/micro/settings";

describe("commonSettings", () => {
  it("are refused out of range in every kind, with the value and what is expected", () => {
    const wrong: [object, RegExp][] = [
      [{ classes: 0 }, /has classes: 0, expected a whole number from 2/],
      [{ classes: 2.5 }, /has classes: 2.5/],
      [{ channels: 0 }, /has channels: 0, expected a whole number from 1/],
      [{ channels: NaN }, /has channels: NaN/],
      [{ dropout: 1 }, /has dropout: 1, expected a number from 0 to below 1/],
      [{ dropout: -0.1 }, /has dropout: -0.1/],
      [{ stem: "imagenet" }, /has stem: "imagenet", expected "cifar" or "reducing"/],
      [{ logitsBias: "no" }, /has logitsBias: "no", expected true or false/],
      [{ normEpsilon: 0 }, /has normEpsilon: 0, expected a number above 0/],
      [{ normMomentum: 1 }, /has normMomentum: 1/],
    ];
    for (const [settings, message] of wrong) {
      throws(() => checkMicroSettings(settings), message);
      throws(() => checkMacroSettings(settings), message);
    }
  });
});
