/**
 * Stands in a page for the compiled decoders of JPEG-LS and JPEG 2000: they are WebAssembly, which the page's policy does not let run.
 *
 * @throws {Error} Always.
 */
export default function load(): never {
  throw new Error(
    "it is JPEG-LS or JPEG 2000, which this page does not read: export it uncompressed, or use npm run apply",
  );
}
