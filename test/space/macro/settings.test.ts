import { deepEqual, equal, throws } from "node:assert/strict";

import { checkMacroSettings, macroDefaults } from "../../../lib/space/macro/settings";

describe("checkMacroSettings(given)", () => {
  it("fills in the numbers of the published search", () => {
    deepEqual(checkMacroSettings({}), macroDefaults);
    deepEqual([macroDefaults.channels, macroDefaults.dropout, macroDefaults.normEpsilon], [36, 0.1, 1e-5]);
  });

  it("keeps what is given, at the end of its range as well", () => {
    equal(checkMacroSettings({ layers: 3 }).layers, 3);
  });

  it("refuses a key of another kind, and names the nearest", () => {
    throws(
      () => checkMacroSettings({ auxiliary: true } as never),
      /macro space has no option "auxiliary".*It takes layers, /,
    );
  });

  it("refuses values out of range, and names the value and what is expected", () => {
    throws(() => checkMacroSettings({ layers: 2 }), /has layers: 2, expected a whole number from 3/);
    throws(() => checkMacroSettings({ doubleChannels: null as never }), /has doubleChannels: null/);
  });
});
