import { deepEqual, equal, ok } from "node:assert/strict";

import { overnight } from "../../../lib/study/profiles/overnight";
import { overnightEnas } from "../../../lib/study/profiles/overnight-enas";
import { checkProfile } from "./helpers";

describe("the profile overnight-enas", () => {
  it("checks out, and its hand-crafted networks take images of its size", () => {
    checkProfile(overnightEnas);
  });

  it("differs from overnight in the search and its networks alone: with shared weights, in the macro space", () => {
    const { profile: _profile, purpose: _purpose, search, network, ...rest } = overnightEnas;
    const { profile: _other, purpose: _for, search: race, network: none, ...same } = overnight;
    deepEqual(rest, same);
    equal(search.trials ?? null, null);
    equal(search.options.space!.kind, "macro");
    equal(none, null);
    ok(network !== null && search.size === race.size);
    deepEqual(search.seeds, race.seeds);
  });
});
