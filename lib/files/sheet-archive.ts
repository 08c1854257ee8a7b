import { inflateRawSync } from "node:zlib";

import { Problem } from "../runtime/problem";
import { explainFailure } from "./explain-failure";
import { formatBytes } from "./free-space";

/**
 * Checks that a file is an Excel workbook in form, and that it unpacks to no more than memory holds. The library that reads
 * workbooks takes other formats for tables too, and unpacks whatever it is given.
 *
 * @param most The most bytes that it may unpack to; default: 256 MiB, more than any table of a data set.
 * @throws {Problem} Where it is no zip archive with a workbook in it, or unpacks to more.
 */
export function checkSheetArchive(bytes: Buffer, path: string, most: number = 256 * 2 ** 20): void {
  let [unpacked, isWorkbook] = [0, false];
  try {
    for (const { name, packed, deflated } of filesOf(bytes)) {
      isWorkbook ||= /(^|[\\/])workbook[^\\/]*\.xml$/i.test(name);
      // The limit must be above 0 for zlib.
      const maxOutputLength = most - unpacked + 1;
      unpacked += deflated ? inflateRawSync(packed, { maxOutputLength }).length : packed.length;
    }
  } catch (error) {
    if (explainFailure(error).code === "ERR_BUFFER_TOO_LARGE") unpacked = Infinity;
    else throw noWorkbook(bytes, path);
  }
  if (unpacked > most) {
    throw new Problem(
      `${path} unpacks to more than ${formatBytes(most)}, expected a table.`,
      "Look whether it is the right file.",
    );
  }
  if (!isWorkbook) throw noWorkbook(bytes, path);
}

// Goes through the directory at the archive's end as the library does; a place outside of the file throws.
function* filesOf(bytes: Buffer): Generator<{ name: string; packed: Buffer; deflated: boolean }> {
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const count = bytes.readUInt16LE(end + 8);
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    const packedSize = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    const nameEnd = local + 30 + bytes.readUInt16LE(local + 26);
    const start = nameEnd + bytes.readUInt16LE(local + 28);
    yield {
      name: bytes.toString("latin1", local + 30, nameEnd),
      packed: bytes.subarray(start, start + packedSize),
      deflated: bytes.readUInt16LE(local + 8) === 8,
    };
  }
}

function noWorkbook(bytes: Buffer, path: string): Problem {
  const old = bytes.subarray(0, 4).equals(Buffer.from("d0cf11e0", "hex"));
  return new Problem(
    `${path} is not a whole Excel workbook of the kind .xlsx${old ? ", but of the old kind .xls" : ""}.`,
    old ? "Save it from a spreadsheet program as .xlsx." : "Copy the original file again, or save it anew as .xlsx.",
  );
}
