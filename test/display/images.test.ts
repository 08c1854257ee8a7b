import { deepEqual, equal, match, throws } from "node:assert/strict";

import { decode } from "fast-png";

import { encodeGray, encodeWithLines, showImages } from "../../lib/display/images";
import { captureBundles } from "../helpers/capture";

const image = { pixels: Float32Array.of(0, 0.5, 1, -1, 2, 0.25), height: 2, width: 3 };

describe("encodeGray(image)", () => {
  it("writes a PNG whose levels are the image's, cut off at black and white", () => {
    const { data, width, height, channels } = decode(encodeGray(image));
    deepEqual(
      { levels: [...data], width, height, channels },
      { levels: [0, 128, 255, 0, 255, 64], width: 3, height: 2, channels: 1 },
    );
  });

  it("refuses an image whose size is not that of its pixels", () => {
    throws(() => encodeGray({ ...image, width: 4 }, 7), /Image 7 has 6 pixels, expected 2 × 4 = 8/);
  });
});

describe("encodeWithLines(image, lines)", () => {
  const lines = { pixels: Uint8Array.of(0, 1, 0, 0, 0, 1), color: "#D55E00" };

  it("paints the lines in their colour and leaves the rest gray", () => {
    const { data, channels } = decode(encodeWithLines(image, lines));
    equal(channels, 3);
    deepEqual([...data], [0, 0, 0, 0xd5, 0x5e, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255, 0xd5, 0x5e, 0]);
  });

  it("refuses lines of another size and a colour that is none", () => {
    throws(
      () => encodeWithLines(image, { ...lines, pixels: Uint8Array.of(1) }, 3),
      /Image 3 has 1 pixels, expected 2 × 3/,
    );
    throws(() => encodeWithLines(image, { ...lines, color: "red" }), /colour "red", expected "#rrggbb"/);
  });
});

describe("showImages(images, options)", () => {
  const shown = captureBundles();

  it("shows each with its caption, as text, and the frame of its class", () => {
    showImages([{ ...image, caption: "benign <1>", color: "#0072B2" }, image]);
    const html = shown.last()["text/html"] as string;
    equal(html.match(/<img /g)?.length, 2);
    match(html, /border:3px solid #0072B2/);
    match(html, /benign &lt;1&gt;/);
    equal(html.includes("<1>"), false);
  });
});
