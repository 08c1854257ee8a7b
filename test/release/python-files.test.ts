import { equal, match, ok } from "node:assert/strict";

import { checkPreparation } from "../../lib/data/prepare/configuration";
import { hashOf } from "../../lib/files/checksum";
import { predictingInPython, preparingInPython } from "../../lib/release/python-files";
import recorded from "../onnx/recorded.json";

describe("predictingInPython(card)", () => {
  const lines = (given: Parameters<typeof checkPreparation>[0]) =>
    predictingInPython({ preparation: checkPreparation(given) });

  it("gives five lines, with what the preparation needs: a mask, a box, or nothing", () => {
    match(lines({ channels: ["gray", "mask"] }), /card\["preparation"\], mask=np/);
    match(lines({}), /card\["preparation"\], box=\{"left": 120/);
    match(lines({ region: { kind: "whole" } }), /card\["preparation"\]\)\}/);
    for (const given of [{}, { region: { kind: "whole" } as const }]) equal(lines(given).split("\n").length, 6);
  });
});

describe("preparingInPython", () => {
  it("was found by record.py to prepare and predict as the library does, as it is now", () => {
    equal(recorded.preparing, hashOf(preparingInPython), "record.py was not run since prepare.py is another");
    equal(recorded.prepared.images, 32);
    ok(recorded.prepared.difference < 1e-5, `${recorded.prepared.difference}`);
    // Three networks, one of them trained, on sixteen pictures each.
    equal(recorded.released.length, 48);
    for (const { name, difference } of recorded.released) ok(difference < 1e-5, `${name}: ${difference}`);
  });
});
