import { deepEqual, equal, ok } from "node:assert/strict";

import { modelKinds } from "../../../lib/compare/comparison-rows";
import { kindStyles } from "../../../lib/compare/figures/kind-style";
import { classStyles } from "../../../lib/display/colors";

describe("kindStyles", () => {
  it("draws every kind, each by a colour and a marker of its own, none of a class", () => {
    deepEqual(Object.keys(kindStyles).sort(), [...modelKinds].sort());
    const styles = Object.values(kindStyles);
    equal(new Set(styles.map(({ color }) => color)).size, styles.length);
    equal(new Set(styles.map(({ symbol }) => symbol)).size, styles.length);
    const taken: string[] = [classStyles.benign.color, classStyles.malignant.color];
    ok(styles.every(({ color }) => !taken.includes(color)));
  });
});
