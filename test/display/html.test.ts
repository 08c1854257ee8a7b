import { equal } from "node:assert/strict";

import { escapeHtml } from "../../lib/display/html";

describe("escapeHtml(text)", () => {
  it("writes every character that means something in HTML as an entity, each once", () => {
    equal(
      escapeHtml(`<a href="x" title='y'>&amp;</a>`),
      "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;",
    );
  });

  it("leaves all other text as it is", () => {
    equal(escapeHtml("Läsion 5 × 3 mm – ok"), "Läsion 5 × 3 mm – ok");
  });
});
