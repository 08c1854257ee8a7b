import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { openDicom } from "../../lib/dicom/open-dicom";
import { pictureElements, writeDicom } from "../helpers/dicom";

const fixtures = join(__dirname, "fixtures");
const open = (name: string) => openDicom(readFileSync(join(fixtures, `${name}.dcm`)), `${name}.dcm`);

/** Computed files, the samples that a right decoder gives, and how far their compression lets one be off. */
const files: readonly [name: string, tolerance: number, frames?: number][] = [
  ["n_evle_mono2_8", 0],
  ["n_ivle_mono2_8", 0],
  ["n_rgb_inter", 0],
  ["n_rgb_planar", 0],
  ["n_ybr_full", 2],
  ["n_ybr_full_422", 2],
  ["n_multi_rgb", 0, 3],
  ["n_palette_16", 0],
  ["j_mono", 6],
  ["j_ybr422_jfif", 8],
  ["j_label_rgb_data_ybr_jfif", 8],
  ["j_label_rgb_data_rgb_ids123_noapp", 8],
  ["j_multi_nobot", 8, 4],
  ["j_multi_frag3_bot", 8, 4],
  ["l_mono8", 0],
  ["l_rgb", 0],
  ["r_rgb", 0],
  ["k_rgb_rct", 0],
  ["us_one_region", 0],
  ["us_dual", 0],
  ["us_tissue_in_color_overlay", 0],
  ["o_no_preamble", 0],
  ["t_l_modulo_wrap", 0],
];

describe("openDicom(bytes, name)", () => {
  for (const [name, tolerance, frames = 1] of files)
    it(`gives the samples of ${name}`, async () => {
      const file = await open(name);
      equal(file.header.frames, frames);
      const values: number[] = [];
      for (let frame = 0; frame < frames; frame++) values.push(...(await file.readStored(frame)).values);
      const expected = readFileSync(join(fixtures, `${name}.gold.bin`));
      equal(values.length, expected.length);
      const most = values.reduce((worst, value, place) => Math.max(worst, Math.abs(value - expected[place]!)), 0);
      ok(most <= tolerance, `${most} off, expected at most ${tolerance}`);
    });

  it("refuses the file that is cut off", async () => {
    await rejects(open("o_truncated"), /o_truncated\.dcm cannot be read as DICOM .* it is cut off/);
  });

  it("crops one region, and each of two with its own scale", async () => {
    const [one] = (await open("us_one_region")).regions.tissue;
    deepEqual(one, {
      box: { left: 8, top: 10, width: 68, height: 100 },
      pixelSize: { across: 0.2, down: 0.2 },
      flow: false,
    });
    const two = (await open("us_dual")).regions.tissue;
    deepEqual(
      two.map(({ pixelSize }) => pixelSize.across),
      [0.2, 0.3],
    );
    equal((await open("us_tissue_in_color_overlay")).regions.tissue[0]!.flow, true);
  });

  it("gives gray levels from 0 to 1 of gray and of colours", async () => {
    const gray = await (await open("j_mono")).readGray(0);
    const expected = readFileSync(join(fixtures, "j_mono.gold.bin"));
    ok(gray.pixels.every((level, place) => Math.abs(level * 255 - expected[place]!) <= 6));
    const { pixels, coloured } = await (await open("n_rgb_inter")).readGray(0);
    const colours = readFileSync(join(fixtures, "n_rgb_inter.gold.bin"));
    const luminance = (place: number) =>
      0.299 * colours[place * 3]! + 0.587 * colours[place * 3 + 1]! + 0.114 * colours[place * 3 + 2]!;
    ok(pixels.every((level, place) => Math.abs(level * 255 - luminance(place)) < 0.01));
    equal(coloured!.length, pixels.length);
  });

  it("decodes a frame only when it is asked for", async () => {
    const bytes = writeDicom(pictureElements(2, 2, new Uint8Array(0), { "7fe0,0010": ["OB", new Uint8Array(0)] }), {
      syntax: "1.2.840.10008.1.2.4.70",
      fragments: [Uint8Array.of(1, 2)],
    });
    const file = await openDicom(bytes, "a.dcm");
    equal(file.header.rows, 2);
    await rejects(file.readGray(0), /a\.dcm cannot be decoded/);
  });
});
