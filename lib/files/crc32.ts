import * as zlib from "node:zlib";

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/**
 * Computes the checksum CRC-32 of the zip format, byte by byte from a table (ISO 3309, polynomial 0xEDB88320).
 *
 * @param before The sum of the bytes before them; default: 0, there are none.
 * @returns The sum, from 0 to 2³² - 1.
 */
export function crc32OfTable(bytes: Uint8Array, before = 0): number {
  let sum = ~before;
  for (const byte of bytes) sum = table[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

/**
 * Computes the checksum CRC-32 of the zip format: with Node's own function where it has one (20.15, 22.2), and otherwise
 * with {@link crc32OfTable}.
 *
 * @param before The sum of the bytes before them; default: 0, there are none.
 * @returns The sum, from 0 to 2³² - 1.
 */
export const crc32: (bytes: Uint8Array, before?: number) => number =
  (zlib as { crc32?: (bytes: Uint8Array, before?: number) => number }).crc32 ?? crc32OfTable;
