import { looksLikeYCbCr, toRgb } from "./colours";
import { decodeJpeg } from "./decode-jpeg";
import type { PixelHeader } from "./header";
import { isYCbCr, readJpegHeader, stateColours, type JpegHeader } from "./jpeg-stream";

/** Samples of a frame, interleaved: colours are RGB. */
type Samples = Uint8Array | Uint16Array;

/** Where decoders write to: nowhere. Each takes an object for itself, and puts all that it has into it. */
const silent = () => ({ print: () => undefined, printErr: () => undefined });

/** The compiled decoders, each loaded once a process. */
let jpegLs: Promise<{ JpegLSDecoder: new () => CompiledDecoder }> | null = null;
let jpeg2000: Promise<{ J2KDecoder: new () => CompiledDecoder }> | null = null;

/**
 * Decodes the stream of one frame by what the stream itself is: JPEG of any kind, JPEG-LS or JPEG 2000. Its size is held
 * against the file's header before it is decoded, and once more after it.
 *
 * @returns The stored words, interleaved, `[rows, columns, samples]`; colours are RGB.
 * @throws {Error} Where it is damaged or of a kind that is not known; the message says how.
 */
export async function decodeStream(stream: Buffer, header: PixelHeader): Promise<Samples> {
  const begins = stream.length >= 4 ? stream.readUInt32BE(0) : 0;
  if (begins === 0xff4fff51 || begins === 0x0000000c) return decodeJpeg2000(stream, header);
  if (begins >>> 16 !== 0xffd8) throw new Error("its stream is neither JPEG nor JPEG 2000");
  const jpeg = readJpegHeader(stream);
  holdTo(header, jpeg.width, jpeg.height, jpeg.components.length);
  if (jpeg.bits > header.bitsAllocated)
    throw new Error(`its stream has ${jpeg.bits} bits a sample, its header ${header.bitsAllocated}`);
  if (jpeg.process === 55) return decodeJpegLs(stream, header);
  if (jpeg.process === 3) return decodeLossless(stream, header, jpeg);
  if (jpeg.process > 3) throw new Error(`its stream is JPEG of process ${jpeg.process}, which is not read here`);
  if (jpeg.bits !== 8) throw new Error(`its stream is lossy JPEG of ${jpeg.bits} bits, which is not read here`);
  const known =
    header.samples === 1 ? stream : stateColours(stream, jpeg, isYCbCr(jpeg, header.photometric !== "RGB") ? 1 : 0);
  return ofEightBits(known, header);
}

function holdTo({ rows, columns, samples }: PixelHeader, width: number, height: number, components: number): void {
  if (width === columns && height === rows && components === samples) return;
  throw new Error(
    `its stream has ${width} × ${height} pixels of ${components} samples, its header ${columns} × ${rows} of ${samples}`,
  );
}

async function ofEightBits(stream: Buffer, header: PixelHeader): Promise<Uint8Array> {
  const { values, width, height, channels } = await decodeJpeg(stream, header.samples === 1);
  holdTo(header, width, height, channels);
  return values;
}

async function decodeLossless(stream: Buffer, header: PixelHeader, jpeg: JpegHeader): Promise<Samples> {
  if (jpeg.bits === 8) {
    // The components as they are: the JPEG library converts no colours of lossless streams.
    const values = await ofEightBits(header.samples === 1 ? stream : stateColours(stream, jpeg, 0), header);
    return header.samples === 1 ? values : convertWherever(values, isYCbCr(jpeg, header.photometric !== "RGB"), header);
  }
  // The decoder gives a whole picture of a stream that is cut.
  if (stream.lastIndexOf(Buffer.from([0xff, 0xd9])) < stream.length - 16) throw new Error("its stream is cut off");
  const { Decoder } = await import("jpeg-lossless-decoder-js");
  const values = new Decoder(null, 2).decode(stream.buffer, stream.byteOffset, stream.length);
  if (values.length !== header.rows * header.columns * header.samples) throw new Error("its stream is cut off");
  return values;
}

/** Converts to RGB what is YCbCr, by its label or by its looks. */
function convertWherever(values: Uint8Array, stated: boolean, { photometric }: PixelHeader): Uint8Array {
  if (stated || (photometric === "RGB" && looksLikeYCbCr(values))) toRgb(values);
  return values;
}

async function decodeJpegLs(stream: Buffer, header: PixelHeader): Promise<Samples> {
  jpegLs ??= import("@cornerstonejs/codec-charls/decode").then(({ default: load }) => load(silent()));
  const { JpegLSDecoder } = await jpegLs;
  const values = byCompiled(new JpegLSDecoder(), stream, header);
  if (header.samples === 1 || !(values instanceof Uint8Array)) return values;
  return convertWherever(values, header.photometric !== "RGB", header);
}

async function decodeJpeg2000(stream: Buffer, header: PixelHeader): Promise<Samples> {
  const place = stream.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
  if (place < 0 || stream.length < place + 42) throw new Error("its stream of JPEG 2000 has no header");
  const word = (at: number) => stream.readUInt32BE(place + at);
  holdTo(header, word(8) - word(16), word(12) - word(20), stream.readUInt16BE(place + 40));
  jpeg2000 ??= import("@cornerstonejs/codec-openjpeg/decode").then(({ default: load }) => load(silent()));
  const { J2KDecoder } = await jpeg2000;
  const values = byCompiled(new J2KDecoder(), stream, header);
  // The decoder undoes the transform of colours that the stream states, if it states one.
  const style = stream.indexOf(Buffer.from([0xff, 0x52]), place);
  const transformed = style >= 0 && stream[style + 8] === 1;
  if (header.samples === 3 && !transformed && values instanceof Uint8Array && header.photometric !== "RGB")
    toRgb(values);
  return values;
}

function byCompiled(decoder: CompiledDecoder, stream: Buffer, header: PixelHeader): Samples {
  try {
    decoder.getEncodedBuffer(stream.length).set(stream);
    decoder.decode();
    const { width, height, bitsPerSample, componentCount } = decoder.getFrameInfo();
    holdTo(header, width, height, componentCount);
    const decoded = decoder.getDecodedBuffer();
    const bytesEach = bitsPerSample > 8 ? 2 : 1;
    if (decoded.length !== header.rows * header.columns * header.samples * bytesEach)
      throw new Error("its stream is cut off");
    const planes = decoder.getInterleaveMode?.() === 0 && header.samples === 3;
    const count = header.rows * header.columns;
    // Memory of the decoder's own, which goes with it. Planes that follow each other are interleaved here.
    const own = planes
      ? Uint8Array.from(decoded, (_, place) => decoded[(place % 3) * count + Math.floor(place / 3)]!)
      : Uint8Array.from(decoded);
    return bytesEach === 1 ? own : new Uint16Array(own.buffer);
  } catch (error) {
    // These decoders throw numbers, places in their own memory.
    if (typeof error === "number") throw new Error("its stream is cut off or damaged");
    throw error;
  } finally {
    decoder.delete();
  }
}
