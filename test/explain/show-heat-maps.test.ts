import { equal, match, throws } from "node:assert/strict";

import { decode } from "fast-png";

import { encodeGray } from "../../lib/display/images";
import { showHeatMaps } from "../../lib/explain/show-heat-maps";
import { encodeHeatMap } from "../../lib/explain/heat-map-image";
import { captureBundles } from "../helpers/capture";

const image = { pixels: new Float32Array(4), map: new Float32Array(4), lesion: null, width: 2, height: 2 };

describe("showHeatMaps(images, scale, options)", () => {
  const shown = captureBundles();

  it("shows each image plain and beside it as it is encoded, a colour bar, and the scale in words", () => {
    const images = [
      { ...image, caption: "<one>", color: "#D55E00" },
      { ...image, caption: "two" },
    ];
    showHeatMaps(images, "1 = 3 & more", { title: "Grad-CAM", opacity: 0.3 });
    const html = shown.last()["text/html"] as string;
    const sources = [...html.matchAll(/src="data:image\/png;base64,([^"]+)"/g)].map((found) => found[1]!);
    equal(sources.length, 1 + 2 * 2);
    equal(sources[1], Buffer.from(encodeGray(image)).toString("base64"));
    equal(sources[2], Buffer.from(encodeHeatMap(image, 0.3)).toString("base64"));
    const bar = decode(Buffer.from(sources[0]!, "base64"));
    equal(bar.width, 256);
    match(html, /&lt;one&gt;/);
    match(html, /1 = 3 &amp; more/);
    match(html, /#D55E00/);
    equal(
      shown.last()["text/plain"],
      "Grad-CAM, 0 to 1; 1 = 3 & more\nImage, 2 by 2 pixels: <one>\nImage, 2 by 2 pixels: two",
    );
  });

  it("refuses options that are out of range", () => {
    for (const given of [{ opacity: 1.5 }, { opacity: NaN }, { size: 2 }, { width: 3 }])
      throws(
        () => {
          showHeatMaps([image], "", given);
        },
        { name: "Problem" },
      );
  });
});
