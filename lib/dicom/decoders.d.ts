/** The parts of the decoders that are used here; these packages have no types that TypeScript finds. */
declare module "jpeg-lossless-decoder-js" {
  /** Decodes lossless JPEG (SOF3). */
  export class Decoder {
    constructor(buffer: null, bytesEach: number);
    /** @returns The samples, interleaved. */
    decode(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array | Uint16Array;
  }
}

/** What decoders that were compiled to JavaScript share. */
interface CompiledDecoder {
  /** Makes room for the stream and gives that room. */
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  /** The samples as bytes, interleaved, in the order of this machine. */
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
  /** JPEG-LS alone: 0 where the components follow each other. */
  getInterleaveMode?(): number;
  delete(): void;
}

/** What takes the messages of a compiled decoder. */
interface DecoderOutput {
  print(text: string): void;
  printErr(text: string): void;
}

declare module "@cornerstonejs/codec-charls/decode" {
  /** Loads the decoder of JPEG-LS. */
  export default function load(output: DecoderOutput): Promise<{ JpegLSDecoder: new () => CompiledDecoder }>;
}

declare module "@cornerstonejs/codec-openjpeg/decode" {
  /** Loads the decoder of JPEG 2000. */
  export default function load(output: DecoderOutput): Promise<{ J2KDecoder: new () => CompiledDecoder }>;
}
