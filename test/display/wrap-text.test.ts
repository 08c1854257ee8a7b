import { deepEqual, equal, ok } from "node:assert/strict";

import { heightOfRows, nameWithNote, wrapName, wrapText } from "../../lib/display/wrap-text";
import { createRandom } from "../../lib/runtime/random";

describe("wrapText(text, most)", () => {
  it("breaks at spaces, and a long word where it has a joint", () => {
    deepEqual(wrapText("means over folds by pairs", 10), ["means over", "folds by", "pairs"]);
    deepEqual(wrapText("EfficientNet-B0-narrowed", 16), ["EfficientNet-B0-", "narrowed"]);
    deepEqual(wrapText("ANameWithoutSpaces", 9), ["AName", "Without", "Spaces"]);
    deepEqual(wrapText("abcdefgh", 3), ["abc", "def", "gh"]);
    deepEqual(wrapText("", 5), [""]);
  });

  it("loses no letter and keeps to the length, whatever the text", () => {
    const random = createRandom(3);
    for (let round = 0; round < 200; round++) {
      const letters = Array.from({ length: random.integer(0, 60) }, () => "aB-/ é模"[random.integer(0, 6)]!).join("");
      const most = random.integer(1, 12);
      const lines = wrapText(letters, most);
      ok(lines.every((line) => line.length <= most));
      equal(lines.join("").replaceAll(" ", ""), letters.replaceAll(" ", ""));
    }
  });
});

describe("names at an axis", () => {
  it("are broken, have notes below them, and rows as high as the longest needs", () => {
    equal(wrapName("drawn at random among all"), "drawn at random<br>among all");
    ok(nameWithNote("ENAS", "p = 0.03").startsWith("ENAS<br><span"));
    equal(heightOfRows(["a", "b"], 40), 80);
    ok(heightOfRows(["a<br>b<br>c<br>d", "b"], 40) > 80);
  });
});
