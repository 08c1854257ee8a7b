import { Problem } from "../../runtime/problem";
import { requireSize, type DecodedColors } from "./read-picture";

/**
 * Decodes a picture by the browser: turned upright as its mark of orientation says, its colour profile left aside, as the library
 * does it in Node.
 *
 * @throws {Problem} Where the browser cannot decode it, or it is too large for its memory.
 */
export async function decodeInPage(bytes: Uint8Array, type: string): Promise<DecodedColors> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type }), { colorSpaceConversion: "none" });
  } catch {
    throw new Error("the browser does not read it");
  }
  try {
    const { width, height } = bitmap;
    requireSize(width, height, "The picture");
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Problem("This browser gives no room to draw a picture.", "Close other pages.");
    context.drawImage(bitmap, 0, 0);
    return { width, height, values: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}
