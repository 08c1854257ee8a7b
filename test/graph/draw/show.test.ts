import { equal, match } from "node:assert/strict";

import { showDrawing } from "../../../lib/graph/draw/show";
import { captureBundles } from "../../helpers/capture";

const drawing = { svg: "<svg>×</svg>", title: 'A "<b>"', description: "node 2 = a + b\nline", width: 320, height: 200 };

describe("showDrawing(drawing)", () => {
  const shown = captureBundles();

  it("shows the picture as an image, which stays in a notebook that is not trusted, with words for it", () => {
    showDrawing(drawing);
    const html = shown.last()["text/html"] as string;
    const [, data] = /src="data:image\/svg\+xml;base64,([\w+/=]+)"/.exec(html)!;
    equal(Buffer.from(data!, "base64").toString(), drawing.svg);
    match(html, /alt="A &quot;&lt;b&gt;&quot;\nnode 2 = a \+ b\nline"/);
    match(html, /width="320"/);
    equal(/<svg|<b>/.test(html), false);
  });

  it("prints the words in a terminal", () => {
    showDrawing(drawing);
    equal(shown.last()["text/plain"], 'A "<b>"\nnode 2 = a + b\nline');
  });
});
