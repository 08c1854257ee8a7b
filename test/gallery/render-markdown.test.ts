import { equal, match, ok } from "node:assert/strict";

import { renderMarkdown } from "../../lib/gallery/render-markdown";
import { writeModelCard } from "../../lib/release/model-card";
import { exampleCard } from "../release/example";

describe("renderMarkdown(markdown)", () => {
  it("renders every part of a model card", () => {
    const html = renderMarkdown(writeModelCard(exampleCard(), "architecture.svg"));
    match(html, /^<blockquote><p>Research only: not a medical device/);
    match(html, /<h1>Example 1\.0\.0<\/h1>/);
    match(html, /<h2>Test data<\/h2>\n<ul><li>Source: Other phantoms<\/li><li>Images: 50<\/li>/);
    match(html, /<li>Patients: <strong>Not reported<\/strong><\/li>/);
    match(
      html,
      /<thead><tr><th>measure<\/th><th>value<\/th><\/tr><\/thead><tbody><tr><td>AUC<\/td><td>0\.9<\/td><\/tr>/,
    );
    match(html, /<pre><code>import \{ release \} from &quot;sononas&quot;;/);
    equal(/[#|`]/.test(html.replaceAll(/<pre>[^]*?<\/pre>|&#\d+;/g, "")), false, html);
  });

  it("gives back what a card has written so that no program takes it for its own", () => {
    const name = `<img src=x> [a](https://b.c) | \`d\` www.e.f g@h & \\`;
    const html = renderMarkdown(writeModelCard(exampleCard({ name, licence: `${name} **x**` }), null));
    ok(!html.includes("<img"));
    const back = /<h1>(.*) 1\.0\.0<\/h1>/.exec(html)![1]!;
    equal(back.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"), name);
  });

  it("renders what is cut off", () => {
    equal(renderMarkdown("```\na < b"), "<pre><code>a &lt; b</code></pre>");
    match(renderMarkdown("| a |"), /<th>a<\/th>/);
    equal(renderMarkdown(""), "");
  });
});
