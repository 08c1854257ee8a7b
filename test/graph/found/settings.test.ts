import { deepEqual, equal, throws } from "node:assert/strict";

import {
  checkMacroSettings,
  checkMicroSettings,
  macroDefaults,
  microDefaults,
} from "../../../lib/graph/found/settings";

describe("checkMicroSettings(given) and checkMacroSettings(given)", () => {
  it("fill in the numbers of the published searches", () => {
    deepEqual(checkMicroSettings({}), microDefaults);
    deepEqual(checkMacroSettings({}), macroDefaults);
    deepEqual([microDefaults.cells, microDefaults.channels, microDefaults.stemMultiplier], [6, 20, 3]);
    deepEqual([macroDefaults.channels, macroDefaults.dropout, macroDefaults.normEpsilon], [36, 0.1, 1e-5]);
  });

  it("keep what is given, at the ends of its range as well", () => {
    const least = { cells: 2, channels: 1, stemMultiplier: 1, dropout: 0, dropPath: 0, classes: 2, normMomentum: 0 };
    deepEqual(checkMicroSettings(least), { ...microDefaults, ...least });
    equal(checkMicroSettings({ dropPath: 0.999 }).dropPath, 0.999);
    equal(checkMacroSettings({ layers: 3 }).layers, 3);
  });

  it("refuse a key that is none, or that of the other space, and name the nearest", () => {
    throws(() => checkMicroSettings({ chanels: 3 } as never), /has no option "chanels". Did you mean "channels"/);
    throws(() => checkMicroSettings({ doubleChannels: true }), /micro space has no option "doubleChannels"/);
    throws(() => checkMacroSettings({ auxiliary: true }), /macro space has no option "auxiliary".*It takes layers, /);
  });

  it("refuse values out of range, and name the value and what is expected", () => {
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
    throws(() => checkMicroSettings({ cells: 1 }), /has cells: 1, expected a whole number from 2/);
    throws(() => checkMicroSettings({ stemMultiplier: 0 }), /has stemMultiplier: 0/);
    throws(() => checkMicroSettings({ dropPath: 1 }), /has dropPath: 1/);
    throws(() => checkMicroSettings({ auxiliary: 1 as never }), /has auxiliary: 1, expected true or false/);
    throws(() => checkMacroSettings({ layers: 2 }), /has layers: 2, expected a whole number from 3/);
    throws(() => checkMacroSettings({ doubleChannels: null as never }), /has doubleChannels: null/);
  });
});
