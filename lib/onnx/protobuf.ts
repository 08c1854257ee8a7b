/**
 * Writes protocol buffers, the format of ONNX files: fields one after the other, each with its number.
 *
 * See https://protobuf.dev/programming-guides/encoding.
 *
 * @module
 */

/** Bytes that are put together only once, at the end: weights are large, and lie in messages within messages. */
export interface Message {
  readonly length: number;
  readonly pieces: readonly Uint8Array[];
}

/** How a field's value is laid out, by the format's numbers. */
const [varint, delimited, fixed32] = [0, 2, 5];

/** Puts fields, or nothing, behind each other. */
export function messageOf(fields: readonly Message[]): Message {
  return {
    length: fields.reduce((sum, { length }) => sum + length, 0),
    pieces: fields.flatMap(({ pieces }) => pieces),
  };
}

/**
 * A field with a whole number.
 *
 * @param value From -2^53 to 2^53; one below 0 is written as its two's complement of 64 bits.
 */
export const integerField = (field: number, value: number): Message =>
  ofBytes([...varintOf(BigInt(field * 8 + varint)), ...varintOf(BigInt.asUintN(64, BigInt(value)))]);

/** A field with a number in single precision. */
export function floatField(field: number, value: number): Message {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return ofBytes([...varintOf(BigInt(field * 8 + fixed32)), ...bytes]);
}

/** A field with a text. */
export const textField = (field: number, text: string): Message => bytesField(field, new TextEncoder().encode(text));

/** A field with bytes. */
export const bytesField = (field: number, bytes: Uint8Array): Message =>
  messageField(field, { length: bytes.length, pieces: [bytes] });

/** A field with a message of its own. */
export const messageField = (field: number, message: Message): Message =>
  messageOf([ofBytes([...varintOf(BigInt(field * 8 + delimited)), ...varintOf(BigInt(message.length))]), message]);

/** Puts the bytes of a message together. */
export function bytesOf({ length, pieces }: Message): Uint8Array {
  const bytes = new Uint8Array(length);
  let place = 0;
  for (const piece of pieces) {
    bytes.set(piece, place);
    place += piece.length;
  }
  return bytes;
}

const ofBytes = (bytes: readonly number[]): Message => ({ length: bytes.length, pieces: [Uint8Array.from(bytes)] });

// Seven bits a byte, the lowest first; the eighth says that more follow.
function varintOf(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 127n);
    if (rest < 128n) return [...bytes, low];
    bytes.push(low | 128);
  }
}
