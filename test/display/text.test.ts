import { equal, match } from "node:assert/strict";

import { showText } from "../../lib/display/text";
import { captureBundles, captureOutput } from "../helpers/capture";

describe("showText(text)", () => {
  describe("in a notebook", () => {
    const shown = captureBundles();

    it("shows sentences that may be broken between words, line by line, and as text", () => {
      showText(["A <b> & more.", "Another."]);
      const { "text/html": html, "text/plain": plain } = shown.last();
      match(html as string, /white-space:pre-wrap[^>]*>A &lt;b&gt; &amp; more\.<br>Another\.<\/div>$/);
      equal((html as string).includes("word-break"), false);
      equal(plain, "A <b> & more.\nAnother.");
    });

    it("shows nothing of nothing", () => {
      showText("");
      showText([]);
      equal(shown.all().length, 0);
    });
  });

  it("prints them in a terminal, each on its line", async () => {
    equal(await captureOutput(() => { showText("One.\nTwo."); }), "One.\nTwo.\n"); // prettier-ignore
  });
});
