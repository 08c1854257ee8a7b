import { deepEqual, equal, throws } from "node:assert/strict";

import { checkMicroSettings, microDefaults } from "../../../lib/space/micro/settings";

describe("checkMicroSettings(given)", () => {
  it("fills in the numbers of the published search", () => {
    deepEqual(checkMicroSettings({}), microDefaults);
    deepEqual([microDefaults.cells, microDefaults.channels, microDefaults.stemMultiplier], [6, 20, 3]);
  });

  it("keeps what is given, at the ends of its range as well", () => {
    const least = { cells: 2, channels: 1, stemMultiplier: 1, dropout: 0, dropPath: 0, classes: 2, normMomentum: 0 };
    deepEqual(checkMicroSettings(least), { ...microDefaults, ...least });
    equal(checkMicroSettings({ dropPath: 0.999 }).dropPath, 0.999);
  });

  it("refuses a key that is none, or that of another kind, and names the nearest", () => {
    throws(() => checkMicroSettings({ chanels: 3 } as never), /has no option "chanels". Did you mean "channels"/);
    throws(() => checkMicroSettings({ doubleChannels: true } as never), /micro space has no option "doubleChannels"/);
  });

  it("refuses values out of range, and names the value and what is expected", () => {
    throws(() => checkMicroSettings({ cells: 1 }), /has cells: 1, expected a whole number from 2/);
    throws(() => checkMicroSettings({ stemMultiplier: 0 }), /has stemMultiplier: 0/);
    throws(() => checkMicroSettings({ dropPath: 1 }), /has dropPath: 1/);
    throws(() => checkMicroSettings({ auxiliary: 1 as never }), /has auxiliary: 1, expected true or false/);
  });
});
