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

  it("a slot puts something else between two figures, without which JupyterLab keeps drawing the first", () => {
    const slot = openSlot()!;
    const figure = (height?: number) => ({
      ...{ "text/plain": "figure", "application/vnd.plotly.v1+json": { data: [], layout: { height } } },
    });
    for (const bundle of [figure(), figure(300), { "text/plain": "text" }, figure()]) slot.update(bundle);
    deepEqual(
      shown.all().map((bundle) => Object.keys(bundle).filter((type) => type !== "text/plain")),
      [
        ["application/vnd.plotly.v1+json"],
        ["text/html"],
        ["application/vnd.plotly.v1+json"],
        [],
        ["application/vnd.plotly.v1+json"],
      ],
    );
    equal(shown.all()[1]!["text/html"], '<div style="height:300px"></div>', "as high as what comes");
    deepEqual(shown.updates(), [false, true, true, true, true]);
  });
});
