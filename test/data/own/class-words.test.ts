import { equal } from "node:assert/strict";

import { isNumberCode, labelOfCode, labelOfWord, plainWord } from "../../../lib/data/own/class-words";

describe("labelOfWord(word)", () => {
  it("knows the classes in some languages, with any letters, spaces and accents", () => {
    equal(labelOfWord("Malign"), "malignant");
    equal(labelOfWord(" BÖSARTIG "), "malignant");
    equal(labelOfWord("be\u0301nin".normalize("NFD")), "benign");
    equal(labelOfWord("Gutartig"), "benign");
    equal(labelOfWord("良性"), "benign");
    equal(labelOfWord("iyi_huylu"), "benign");
    equal(labelOfWord("Normal"), "normal");
  });

  it("takes no word for the nearest", () => {
    for (const word of ["malignent", "bening", "maligant", "benigm", "b", "1", "", "tumor"])
      equal(labelOfWord(word), null, word);
  });
});

describe("labelOfCode(word, beside)", () => {
  it("takes a letter or a digit for a class where every word beside it is one too", () => {
    equal(labelOfCode("M", ["B", "M"]), "malignant");
    equal(labelOfCode("0", ["0", "1"]), "benign");
    equal(labelOfCode("n", ["benign", "malignant", "n"]), "normal");
  });

  it("takes none of them where they can be patients", () => {
    equal(labelOfCode("1", ["0", "1", "2"]), null);
    equal(labelOfCode("M", ["M"]), null);
    equal(labelOfCode("B", ["A", "B", "M"]), null);
  });
});

describe("plainWord(word), isNumberCode(word)", () => {
  it("makes words alike, and know 0 and 1", () => {
    equal(plainWord("  Iyi   Huylu "), "iyi huylu");
    equal(isNumberCode("1"), true);
    equal(isNumberCode("m"), false);
  });
});
