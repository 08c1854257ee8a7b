import { deflateRawSync } from "node:zlib";

import { crc32OfTable } from "../../lib/files/crc32";

/** A file to put into an archive, true or not. */
export interface ZipFile {
  /** Its name; bytes are written as they are. */
  name: string | Uint8Array;
  /** What is in it; default: nothing. */
  contents?: string | Uint8Array;
  /** Whether it is deflated; default: it is stored. */
  deflate?: boolean;
  /** Whether the name is marked as UTF-8; default: true. */
  utf8?: boolean;
  /** What Unix says of it: 0o120777 is a link; default: nothing. */
  mode?: number;
  /** Replaces the length that is stated. */
  size?: number;
  /** Replaces the packed length that is stated. */
  packedSize?: number;
  /** Replaces the checksum that is stated. */
  crc?: number;
  /** Replaces the method that is stated. */
  method?: number;
  /** Is added to the flags: 1 is encrypted. */
  flags?: number;
  /** Replaces the place that is stated: to let two files share their bytes. */
  offset?: number;
  /** An extra field in the directory. */
  extra?: Uint8Array;
}

/**
 * Writes a zip archive, as well or as badly as asked.
 *
 * @param files The files, in order; those whose name ends with "/" are folders.
 * @returns The archive's bytes.
 */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let place = 0;
  for (const file of files) {
    const name = Buffer.from(file.name as string);
    const contents = Buffer.from((file.contents ?? "") as string);
    const packed = file.deflate === true ? deflateRawSync(contents) : contents;
    const extra = Buffer.from(file.extra ?? []);

    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((file.utf8 === false ? 0 : 0x800) | (file.flags ?? 0), 2);
    common.writeUInt16LE(file.method ?? (file.deflate === true ? 8 : 0), 4);
    common.writeUInt32LE((file.crc ?? crc32OfTable(contents)) >>> 0, 10);
    common.writeUInt32LE(file.packedSize ?? packed.length, 14);
    common.writeUInt32LE(file.size ?? contents.length, 18);
    common.writeUInt16LE(name.length, 22);

    const end = Buffer.alloc(14);
    end.writeUInt32LE(((file.mode ?? 0) << 16) >>> 0, 6);
    end.writeUInt32LE(file.offset ?? place, 10);
    const inDirectory = Buffer.from(common);
    inDirectory.writeUInt16LE(extra.length, 24);
    directory.push(Buffer.from("PK\x01\x02\x14\x03", "latin1"), inDirectory, end, name, extra);

    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, name, packed]);
    locals.push(local);
    place += local.length;
  }
  const listed = Buffer.concat(directory);
  const tail = Buffer.alloc(22);
  tail.write("PK\x05\x06", 0, "latin1");
  tail.writeUInt16LE(files.length, 8);
  tail.writeUInt16LE(files.length, 10);
  tail.writeUInt32LE(listed.length, 12);
  tail.writeUInt32LE(place, 16);
  return Buffer.concat([...locals, listed, tail]);
}
