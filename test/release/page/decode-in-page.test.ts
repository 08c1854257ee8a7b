import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";
import sharp from "sharp";

import { decodePicture } from "../../../lib/pictures/decode-picture";
import { writePage } from "../../../lib/release/page/write-page";
import { projectRoot } from "../../../lib/runtime/environment";
import { temporaryFolder } from "../../helpers/temporary";
import { phantomPicture, writeMixedPictures } from "../trained";
import { browserOfGroup } from "./open-page";

describe("decodeInPage(bytes, type)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const open = browserOfGroup();

  it("decodes what the library decodes in Node, upright too, and refuses what is none", async () => {
    await writeMixedPictures(folder.path, phantomPicture(90), "x");
    const turned = await sharp(join(folder.path, "x-gray.jpg")).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const files = {
      "image/jpeg": turned,
      "image/webp": readFileSync(join(folder.path, "x-lossless.webp")),
      "image/png": readFileSync(join(folder.path, "x-palette.png")),
    };
    const { outputFiles } = await build({
      entryPoints: [join(projectRoot, "lib", "release", "page", "decode-in-page.ts")],
      ...{ bundle: true, write: false, format: "iife", globalName: "decoding", platform: "browser" },
      external: ["pako", "node:zlib"],
      plugins: [
        {
          name: "without the readers of files",
          setup(builder) {
            builder.onResolve({ filter: /read-picture$/ }, () => ({ path: "sizes", namespace: "test" }));
            builder.onLoad({ filter: /.*/, namespace: "test" }, () => ({
              contents: "export const requireSize = () => undefined;",
            }));
          },
        },
      ],
    });
    await writePage(join(folder.path, "page.html"), null);
    const { page, close } = await open(join(folder.path, "page.html"));
    await page.evaluate(outputFiles[0]!.text.replace("var decoding", "globalThis.decoding"));
    for (const [type, bytes] of Object.entries(files)) {
      const { width, height, values } = await page.evaluate<{ width: number; height: number; values: number[] }>(
        `decoding.decodeInPage(Uint8Array.from(${JSON.stringify([...bytes])}), "${type}").then(({ values, ...size }) => ({ ...size, values: [...values] }))`,
      );
      const expected = await decodePicture(bytes, type);
      deepEqual([width, height], [expected.width, expected.height], type);
      const most = Math.max(...expected.pixels.map((level, pixel) => Math.abs(level * 255 - values[4 * pixel]!)));
      ok(most < (type === "image/png" ? 40 : 1.5), `${type}: ${most} of 255`);
    }
    const said = await page.evaluate<string>(
      `decoding.decodeInPage(Uint8Array.of(1, 2, 3), "image/jpeg").then(() => "", (error) => error.message)`,
    );
    deepEqual(said, "the browser does not read it");
    await close();
  });
});
