import { equal, match, ok } from "node:assert/strict";

import { checkPreparation } from "../../lib/data/prepare/configuration";
import { hashOf } from "../../lib/files/checksum";
import { findingInPython, predictingInPython, preparingInPython } from "../../lib/release/python-files";
import recordedFinder from "../onnx/recorded-finder.json";
import recorded from "../onnx/recorded.json";
import { exampleFinderCard } from "./example";

describe("predictingInPython(card)", () => {
  const lines = (given: Parameters<typeof checkPreparation>[0]) =>
    predictingInPython({ preparation: checkPreparation(given) });

  it("gives five lines, with what the preparation needs: a mask, a box, or nothing", () => {
    match(lines({ channels: ["gray", "mask"] }), /card\["preparation"\], mask=np/);
    match(lines({}), /card\["preparation"\], box=\{"left": 120/);
    match(lines({ region: { kind: "whole" } }), /card\["preparation"\]\)\}/);
    match(lines({ region: { kind: "window", side: 30 } }), /height": 40\}, pixel_size=0\.08\)/);
    for (const given of [{}, { region: { kind: "whole" } as const }]) equal(lines(given).split("\n").length, 6);
  });
});

describe("findingInPython", () => {
  it("was found by record_finder.py to find and predict as the library does, as it is now", () => {
    equal(recordedFinder.finding, hashOf(findingInPython), "record_finder.py was not run since find.py is another");
    equal(recordedFinder.found.length, 16);
    for (const { name, lesion, otherPixels, expectedDice, probability } of recordedFinder.found)
      ok(lesion > 1000 && otherPixels <= 2 && expectedDice < 1e-4 && probability < 1e-5, name);
  });

  it("is asked by the lines that predict where the release has a finder", () => {
    const preparation = checkPreparation({});
    const lines = predictingInPython({ preparation, finder: exampleFinderCard });
    match(lines, /from find import find\n[\s\S]*mask is None: raise SystemExit[\s\S]*card\["preparation"\], mask=mask/);
    equal(predictingInPython({ preparation }).includes("find"), false);
  });
});

describe("preparingInPython", () => {
  it("was found by record.py to prepare and predict as the library does, as it is now", () => {
    equal(recorded.preparing, hashOf(preparingInPython), "record.py was not run since prepare.py is another");
    equal(recorded.prepared.images, 52);
    ok(recorded.prepared.difference < 1e-5, `${recorded.prepared.difference}`);
    // Three networks, one of them trained, on sixteen pictures each.
    equal(recorded.released.length, 48);
    for (const { name, difference } of recorded.released) ok(difference < 1e-5, `${name}: ${difference}`);
  });
});
