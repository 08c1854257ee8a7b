import { deepEqual, equal, ok } from "node:assert/strict";

import { checkAugmentation } from "../../lib/data/augment/augmentation";
import { checkPreparation, needsLesion, needsMask } from "../../lib/data/prepare/configuration";
import { folderNameOf } from "../../lib/files/folder-name";
import { disturbanceAt, inputArms, referenceArm } from "../../lib/inputs/input-arms";

describe("inputArms", () => {
  it("are box and outline, of the expert, found, and mixed, each plain and disturbed, found outlines in the expert's box, and the whole picture", () => {
    equal(inputArms.length, 3 * 4 + 2);
    equal(new Set(inputArms.map(({ name }) => folderNameOf(name))).size, inputArms.length);
    ok(inputArms.some(({ name }) => name === referenceArm));
    for (const { name, outlines, preparation } of inputArms) {
      const checked = checkPreparation(preparation);
      equal(needsMask(checked), name.includes("outline"));
      equal(needsLesion(checked), outlines !== null);
    }
  });
});

describe("disturbanceAt(arm, size)", () => {
  const named = (name: string) => inputArms.find((one) => one.name === name)!;

  it("moves boxes and outlines as far at every size, seen from the lesion; plain inputs not at all", () => {
    deepEqual(disturbanceAt(named("found box"), 64), {});
    deepEqual(disturbanceAt(named("expert's box, disturbed"), 64), { shift: 6, scale: [0.8, 1.25] });
    const small = disturbanceAt(named("mixed outline, disturbed"), 32);
    deepEqual(small, { shift: 3, scale: [0.8, 1.25], outline: { offset: 1.5, waves: 0.75 } });
    for (const arm of inputArms) checkAugmentation(disturbanceAt(arm, 128));
  });
});
