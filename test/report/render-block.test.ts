import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";

import { makeFigure } from "../../lib/display/figure";
import { renderBlock } from "../../lib/report/render-block";
import type { ReportBlock } from "../../lib/report/report-contents";

const evil = `</p><script>alert("x")</script>`;

describe("renderBlock(block, name)", () => {
  it("escapes every text of every kind of block", () => {
    const drawing = { svg: "<svg/>", title: evil, description: evil, width: 10, height: 10 };
    const blocks: ReportBlock[] = [
      { kind: "text", text: evil },
      { kind: "list", points: [evil] },
      { kind: "facts", facts: [{ name: evil, value: evil }] },
      { kind: "table", caption: evil, rows: [{ [evil]: evil }] },
      {
        kind: "figure",
        figure: makeFigure([{ name: evil }], { title: { text: evil } }),
        caption: evil,
        alternative: evil,
      },
      { kind: "drawing", drawing, caption: evil },
      { kind: "pictures", pictures: [{ png: new Uint8Array(), caption: evil }], caption: evil },
      { kind: "items", items: [{ group: evil, item: evil, asked: evil, said: evil, by: "author" }] },
    ];
    for (const block of blocks) {
      const html = renderBlock(block, "f");
      match(html, /&lt;script&gt;/, block.kind);
      doesNotMatch(html, /<script>|alert\("x"\)/, block.kind);
    }
  });

  it("shows what is not reported, and who has to say it", () => {
    match(renderBlock({ kind: "facts", facts: [{ name: "Licence", value: null }] }, "f"), /class="gap">Not reported/);
    const item = { group: "g", item: "i", asked: "a", said: null };
    match(renderBlock({ kind: "items", items: [{ ...item, by: "author" }] }, "f"), /needs the author/);
    match(renderBlock({ kind: "items", items: [{ ...item, by: "programme" }] }, "f"), /not computed yet/);
    match(renderBlock({ kind: "facts", facts: [{ name: "Patients", value: 0 }] }, "f"), /<dd>0<\/dd>/);
  });

  it("puts drawings into images, in which no script runs", () => {
    const svg = "<svg><script>alert(1)</script></svg>";
    const drawing = { svg, title: "Cell", description: "node 2", width: 400, height: 100 };
    const html = renderBlock({ kind: "drawing", drawing, caption: "" }, "f");
    const [, source] = /src="data:image\/svg\+xml;base64,([^"]*)"/.exec(html)!;
    equal(Buffer.from(source!, "base64").toString(), svg);
    doesNotMatch(html, /<svg|<script/);
  });

  it("sets a paragraph in its tone, and leaves an empty list out", () => {
    equal(renderBlock({ kind: "text", text: "Run 07.", tone: "missing" }, "f"), '<p class="missing">Run 07.</p>');
    equal(renderBlock({ kind: "list", points: [] }, "f"), "");
  });

  it("shows many pictures page by page, the first of them at once, without a script", () => {
    const pictures = Array.from({ length: 25 }, (_, place) => ({
      png: Uint8Array.of(place),
      caption: `image ${place}`,
    }));
    const html = renderBlock({ kind: "pictures", pictures, caption: "errors" }, "p");
    equal(html.match(/<img /g)!.length, 25);
    deepEqual(
      [...html.matchAll(/<summary>([^<]*)</g)].map(([, text]) => text),
      ["13 to 24 of 25", "25 to 25 of 25"],
    );
    ok(html.indexOf("image 11<") < html.indexOf("<details>") && html.indexOf("image 12<") > html.indexOf("<details>"));
    equal(
      renderBlock({ kind: "pictures", pictures: pictures.slice(0, 12), caption: "" }, "p").includes("details"),
      false,
    );
  });
});
