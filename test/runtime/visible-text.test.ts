import { equal } from "node:assert/strict";

import { visibleText } from "../../lib/runtime/visible-text";

describe("visibleText(text)", () => {
  it("writes what a terminal would obey as letters", () => {
    equal(visibleText("x\x1b]0;PWNED\x07\x1b[2Jy\x9b1m.png"), "x\\x1b]0;PWNED\\x07\\x1b[2Jy\\x9b1m.png");
    equal(visibleText("a\u202egnp.exe"), "a\\u202egnp.exe");
    equal(visibleText("a\rb\0"), "a\\x0db\\x00");
  });

  it("leaves letters of all languages, line ends and tabs", () => {
    const text = "Größe 乳腺 é\n\t“quoted” – 5 µm";
    equal(visibleText(text), text);
  });
});
