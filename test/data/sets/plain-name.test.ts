import { equal } from "node:assert/strict";

import { plainName } from "../../../lib/data/sets/plain-name";

describe("plainName(name)", () => {
  it("makes no difference of upper and lower case, spaces and dashes", () => {
    for (const name of ["BUS-BRA", "bus bra", "busbra", "Bus_Bra"]) equal(plainName(name), "busbra");
    equal(plainName("Große-Klinik 2"), "großeklinik2");
  });
});
