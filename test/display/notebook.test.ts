import { deepEqual, equal } from "node:assert/strict";

import { inNotebook, openSlot, show } from "../../lib/display/notebook";
import { captureBundles } from "../helpers/capture";

describe("outside of a notebook", () => {
  it("there is no slot", () => {
    equal(inNotebook(), false);
    equal(openSlot(), null);
  });
});

describe("in a notebook", () => {
  const shown = captureBundles();

  it("an output carries all its forms", () => {
    equal(inNotebook(), true);
    show({ "text/plain": "a", "text/html": "<b>a</b>" });
    deepEqual(shown.all(), [{ "text/plain": "a", "text/html": "<b>a</b>" }]);
  });

  it("a slot shows once and is replaced afterwards", () => {
    const slot = openSlot()!;
    for (const text of ["1", "2", "3"]) slot.update({ "text/plain": text });
    deepEqual(shown.updates(), [false, true, true]);
  });
});
