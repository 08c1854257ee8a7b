import { makeZip } from "./zip";

/**
 * Writes a NumPy archive of uint8 arrays.
 *
 * @param arrays The arrays by name, each with its shape and its numbers.
 * @returns The file's bytes.
 */
export function makeNumpyArchive(arrays: Record<string, { shape: number[]; data: ArrayLike<number> }>): Buffer {
  return makeZip(
    Object.entries(arrays).map(([name, { shape, data }]) => {
      const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
      // The header's length is a multiple of 64, its last sign a line's end (numpy.lib.format, version 1.0).
      const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
      const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
      return {
        name: `${name}.npy`,
        contents: Buffer.concat([start, Buffer.from(header), Uint8Array.from(data)]),
        deflate: true,
      };
    }),
  );
}
