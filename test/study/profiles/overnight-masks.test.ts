import { deepEqual } from "node:assert/strict";

import { overnight } from "../../../lib/study/profiles/overnight";
import { overnightMasks } from "../../../lib/study/profiles/overnight-masks";
import { checkProfile } from "./helpers";

describe("the profile overnight-masks", () => {
  it("checks out, and its hand-crafted networks take images of its size", () => {
    checkProfile(overnightMasks);
  });

  it("differs from overnight in the channels of the images alone", () => {
    const { channels, ...others } = overnightMasks.preparation;
    deepEqual(channels, ["gray", "gray × mask", "mask"]);
    deepEqual(others, overnight.preparation);
    const { profile: _profile, purpose: _purpose, preparation: _preparation, ...rest } = overnightMasks;
    const { profile: _other, purpose: _for, preparation: _gray, ...same } = overnight;
    deepEqual(rest, same);
  });
});
