import { equal } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import sharp from "sharp";

import { openDicom } from "../../../lib/dicom/open-dicom";
import { loadRelease } from "../../../lib/release/load-release";
import { releaseModel } from "../../../lib/release/release-model";
import { losslessJpeg, pictureElements, writeDicom } from "../../helpers/dicom";
import { exampleContents } from "../example";
import { browserOfGroup, giveFile } from "./open-page";

describe("decodeJpeg(stream, isGray) in a page", function () {
  this.timeout(60_000);
  const open = browserOfGroup();

  it("reads JPEG in DICOM, lossy and lossless, as the library does, and says what it cannot read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sononas-page-"));
    const contents = exampleContents({
      preparation: { size: 16, channels: ["gray", "gray"], region: { kind: "whole" } },
    });
    await releaseModel(join(folder, "release"), contents);
    contents.weights.dispose();
    const release = await loadRelease(join(folder, "release"));
    await release.toPage(join(folder, "page.html"));
    const [width, height] = [48, 40];
    const levels = Uint8Array.from({ length: width * height }, (_, place) => 60 + ((place * 7) % 120));
    const lossy = await sharp(levels, { raw: { width, height, channels: 1 } })
      .toColourspace("b-w")
      .jpeg({ quality: 95 })
      .toBuffer();
    const lossless = losslessJpeg(width, height, 8, levels);
    const { page, close } = await open(join(folder, "page.html"));
    for (const [name, stream, syntax] of [
      ["lossy", lossy, "1.2.840.10008.1.2.4.50"],
      ["lossless", lossless, "1.2.840.10008.1.2.4.70"],
    ] as const) {
      const file = writeDicom(pictureElements(width, height, new Uint8Array(0)), { syntax, fragments: [stream] });
      const picture = await (await openDicom(file, name)).readGray(0);
      const { probability } = await release.predict(picture);
      await giveFile(page, { name, mimeType: "", buffer: file });
      await page.locator(".name", { hasText: name }).first().waitFor();
      await page.locator(".probability").waitFor();
      const shown = Number(await page.locator("#view-0").getAttribute("data-probability"));
      equal(Math.abs(shown - probability) < 1e-4, true, `${name}: ${shown} there, ${probability} here`);
    }
    const newer = Buffer.from(
      "ff4fff51002f00000000003000000028000000000000000000000030000000280000000000000000000107010100",
      "hex",
    );
    const file = writeDicom(pictureElements(width, height, new Uint8Array(0)), {
      syntax: "1.2.840.10008.1.2.4.90",
      fragments: [newer],
    });
    await giveFile(page, { name: "newer", mimeType: "", buffer: file });
    await page.locator(".message", { hasText: "JPEG-LS or JPEG 2000, which this page does not read" }).waitFor();
    release.dispose();
    await close();
    rmSync(folder, { recursive: true });
  });
});
