import { deepEqual, equal, match } from "node:assert/strict";

import {
  centreLabels,
  composeDrawing,
  plain,
  plainInHtml,
  renderDiagram,
  standBelow,
  standBeside,
  type DrawingPart,
} from "../../../lib/graph/draw/picture";
import { count, paint, textsOf } from "../../helpers/svg";

const hostile = '<script>alert("1")</script> & \\N &amp; \\"';

describe("renderDiagram(diagram, engine)", () => {
  it("draws every box and every arrow, the same each time", async () => {
    const diagram = {
      nodes: ["a", "b", "c"].map((name) => ({ name, attributes: { label: `box ${name}` } })),
      edges: [
        { tail: "a", head: "b" },
        { tail: "a", head: "c" },
      ],
    };
    const { content, width, height } = await renderDiagram(diagram);
    deepEqual(textsOf(content), ["box a", "box b", "box c"]);
    deepEqual([count(content, "node"), count(content, "edge")], [3, 2]);
    equal(width > 0 && height > 0, true);
    equal((await renderDiagram(diagram)).content, content);
  });

  it("takes any text for text", async () => {
    const nodes = [
      { name: hostile, attributes: { label: plain(hostile) } },
      { name: "html", attributes: { label: { html: `<B>${plainInHtml(hostile)}</B>` } } },
    ];
    const { content } = await renderDiagram({ nodes, edges: [{ tail: hostile, head: "html" }] });
    deepEqual(textsOf(content), [hostile, hostile]);
    equal(content.includes("<script"), false);
    equal(count(content, "edge"), 1);
  });

  it("writes a sign in the place of characters that a file of this kind cannot hold", async () => {
    const label = plain("a\u0000b\u001bc\ud800d\ttab 😀");
    const part = await renderDiagram({ nodes: [{ name: "a", attributes: { label } }], edges: [] });
    equal(textsOf(part.content)[0], "a\ufffdb\ufffdc\ufffdd\ttab 😀");
    equal((await paint(composeDrawing([part], "\u0001", "\ud800"))).touched, false);
  });
});

describe("composeDrawing(parts, title, description)", () => {
  const part = (width: number, height: number): DrawingPart => ({ content: "<g/>", width, height });
  const placesOf = (svg: string) =>
    [...svg.matchAll(/<svg x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/g)].map((found) => found.slice(1, 4).map(Number));

  it("puts parts side by side while the page is wide enough", () => {
    const { svg, width, height } = composeDrawing([part(400, 100), part(400, 300)], "", "");
    deepEqual([width, height], [824, 300]);
    deepEqual(placesOf(svg), [
      [0, 0, 400],
      [424, 0, 400],
    ]);
  });

  it("goes on below where it is not, in the middle of the widest line", () => {
    const { svg, width, height } = composeDrawing([part(400, 100), part(400, 300), part(200, 50)], "", "");
    deepEqual([width, height], [824, 374]);
    deepEqual(placesOf(svg), [
      [0, 0, 824],
      [0, 0, 400],
      [424, 0, 400],
      [312, 324, 200],
    ]);
  });

  it("makes what is wider than the page smaller, in both directions", () => {
    const { svg, width, height } = composeDrawing([part(1800, 600)], "", "");
    deepEqual([width, height], [900, 300]);
    match(svg, /^<svg [^>]*width="900" height="300" viewBox="0 0 1800 600"/);
  });

  it("says what it shows, in words, and takes any text for text", () => {
    const { svg, title, description } = composeDrawing([part(9, 9)], hostile, `${hostile}\nline`);
    deepEqual([title, description], [hostile, `${hostile}\nline`]);
    match(svg, /<title>&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt; &amp; \\N &amp;amp; \\&quot;<\/title>/);
    match(svg, /<desc>&lt;script.*\nline<\/desc>/);
    equal(svg.includes("<script"), false);
  });
});

describe("standBeside(parts) and standBelow(parts)", () => {
  const part = (width: number, height: number): DrawingPart => ({ content: "<g/>", width, height });
  const sizeOf = ({ width, height }: DrawingPart) => [width, height];

  it("make one part that holds all, with room between them, and can be put beside another again", () => {
    const below = standBelow([part(100, 40), part(60, 30)]);
    deepEqual(sizeOf(below), [100, 94]);
    match(below.content, /<svg x="20" y="64" width="60" height="30"/);
    deepEqual(sizeOf(standBeside([below, part(50, 200)])), [174, 200]);
  });
});

describe("centreLabels(part)", () => {
  it("sets every line of a box in its middle, so that a wider font than Graphviz reckons with goes over no edge", async () => {
    const label = { html: `${plainInHtml("average pool")}<BR/><FONT POINT-SIZE="8">1</FONT>` };
    const { content } = centreLabels(await renderDiagram({ nodes: [{ name: "a", attributes: { label } }], edges: [] }));
    const [, outline] = / d="([^"]*)"/.exec(content) ?? [];
    const across = [...outline!.matchAll(/(-?[\d.]+),/g)].map(([, x]) => Number(x));
    const middle = (Math.min(...across) + Math.max(...across)) / 2;
    const places = [...content.matchAll(/<text [^>]*text-anchor="(\w+)" x="([-\d.]+)"/g)].map(([, how, x]) => [
      how,
      Number(x),
    ]);
    equal(places.length, 2);
    for (const [how, x] of places) {
      equal(how, "middle");
      equal(Math.abs((x as number) - middle) < 0.01, true);
    }
  });
});

describe("plain(text) and plainInHtml(text)", () => {
  it("leave plain words and new lines as they are", () => {
    equal(plain("separable\n3×3"), "separable\n3×3");
    equal(plainInHtml("layer 3"), "layer 3");
  });
});
