import { extname } from "node:path";

import sharp from "sharp";

import { escapeHtml } from "../../display/html";
import { printPdf } from "../../files/print-pdf";
import { writeAtomically } from "../../files/write-atomically";
import { Problem } from "../../runtime/problem";
import type { Drawing } from "./picture";

/** Pixels of a PNG file for each CSS pixel: for print, 288 dots per inch. */
const pixelRatio = 3;

/**
 * Writes a drawing to a file for a paper: by its name as SVG, as PNG with three pixels for each of the drawing's on white, or as PDF of
 * the drawing's own size, which takes an installed Chromium.
 *
 * @param file The file: "found.svg", "found.png" or "found.pdf".
 * @param drawing The drawing, of `drawArchitecture` or `drawNetwork`.
 * @throws {Problem} Where the name ends otherwise, or the file cannot be written.
 */
export async function writeDrawing(file: string, { svg, title, width, height }: Drawing): Promise<void> {
  switch (extname(file).toLowerCase()) {
    case ".svg":
      writeAtomically(file, svg);
      return;
    case ".png":
      writeAtomically(
        file,
        await sharp(Buffer.from(svg), { density: 72 * pixelRatio })
          .resize({ width: pixelRatio * width })
          .flatten({ background: "#ffffff" })
          .png()
          .toBuffer(),
      );
      return;
    case ".pdf": {
      const style = `@page{size:${width}px ${height}px;margin:0}body{margin:0}svg{display:block}`;
      await printPdf(
        file,
        `<!doctype html><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style>${svg}`,
      );
      return;
    }
    default:
      throw new Problem(
        `A drawing was to be written as "${file}", expected a name that ends in .svg, .png or .pdf.`,
        'Name it "found.pdf", for example.',
      );
  }
}
