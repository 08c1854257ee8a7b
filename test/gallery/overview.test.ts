import { deepEqual, equal, match } from "node:assert/strict";

import { composeOverview } from "../../lib/gallery/overview";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { skip } from "../helpers/skip";

describe("composeOverview()", function () {
  this.timeout(180_000);

  it("shows the published network, its cost beside others, and heat maps on phantoms, and needs no other file", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const html = await composeOverview();
    equal(html.match(/<section>/g)!.length, 3);
    const sources = [...html.matchAll(/<img [^>]*src="([^"]*)"/g)].map(([, source]) => source!);
    deepEqual(
      sources.map((source) => /^data:image\/(svg\+xml|png);base64,/.exec(source)?.[1]),
      ["svg+xml", "png", "png", "png", "png", "svg+xml"],
    );
    const texts = sources
      .filter((source) => source.startsWith("data:image/svg"))
      .map((source) => Buffer.from(source.slice(source.indexOf(",") + 1), "base64").toString());
    match(texts[0]!, /convolution 5×5/);
    for (const model of ["ENAS", "ResNet-18", "plain CNN"]) match(texts[1]!, new RegExp(model));
    // No patient is on it.
    equal(html.match(/<figcaption>\w+ \(synthetic\)<\/figcaption>/g)!.length, 4);
  });
});
