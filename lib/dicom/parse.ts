import { inflateRawSync } from "node:zlib";

import type { DataSet } from "dicom-parser";

import { Problem } from "../runtime/problem";
import { recogniseDicom } from "./recognise";

/** Names of transfer syntaxes: how the elements of a file are written. */
export const transferSyntaxes = {
  implicit: "1.2.840.10008.1.2",
  explicit: "1.2.840.10008.1.2.1",
  deflated: "1.2.840.10008.1.2.1.99",
  bigEndian: "1.2.840.10008.1.2.2",
  runLength: "1.2.840.10008.1.2.5",
} as const;

/** Most bytes that a deflated data set may have: 1 kB can claim a megabyte of zeros. */
const mostInflated = 256 * 1024 * 1024;

/** A DICOM file, its elements found but not interpreted. */
export interface ParsedDicom {
  readonly dataSet: DataSet;
  readonly transferSyntax: string;
}

/**
 * Finds the elements of a DICOM file with dicom-parser, which is loaded here at the first call.
 *
 * @param name The file, for messages.
 * @throws {Problem} Where it is no DICOM, cut off or damaged.
 */
export async function parseDicom(bytes: Buffer, name: string): Promise<ParsedDicom> {
  const beginning = recogniseDicom(bytes);
  if (beginning === null) {
    throw new Problem(`${name} is no DICOM file: neither its preamble nor its first element is one.`, "Leave it out.");
  }
  const { default: parser } = await import("dicom-parser");
  const whole = beginning === "no preamble" ? Buffer.concat([Buffer.alloc(128), Buffer.from("DICM"), bytes]) : bytes;
  const guessed = /^[A-Z]{2}$/.test(bytes.toString("latin1", 4, 6))
    ? transferSyntaxes.explicit
    : transferSyntaxes.implicit;
  try {
    const known = withKnownRepresentations(whole);
    const meta = beginning === "bare" ? null : parser.readPart10Header(known);
    const transferSyntax = meta === null ? guessed : meta.string("x00020010")?.trim();
    if (transferSyntax === undefined) throw new Error("its transfer syntax is missing");
    if (transferSyntax !== transferSyntaxes.deflated) {
      const options = meta === null ? { TransferSyntaxUID: guessed } : {};
      return { dataSet: parser.parseDicom(known, options), transferSyntax };
    }
    // The library would inflate without a bound.
    const inflated = inflateRawSync(known.subarray((meta as unknown as { position: number }).position), {
      maxOutputLength: mostInflated,
    });
    return { dataSet: parser.parseDicom(inflated, { TransferSyntaxUID: transferSyntaxes.explicit }), transferSyntax };
  } catch (error) {
    // The library throws texts, and objects that hold one.
    const reason =
      typeof error === "string"
        ? error
        : error instanceof Error
          ? error.message
          : String((error as { exception?: unknown }).exception);
    throw new Problem(
      `${name} cannot be read as DICOM (${reason.replaceAll(/\s+/g, " ").replace(/^dicomParser\.?/, "")}): it is cut off or damaged.`,
      "Copy or export it again.",
    );
  }
}

// The library does not know 64-bit integers, and reads their lengths wrong. Extended offset tables are written in them.
function withKnownRepresentations(bytes: Buffer): Buffer {
  let known = bytes;
  for (const element of [1, 2]) {
    const place = bytes.indexOf(Buffer.from([0xe0, 0x7f, element, 0, 0x4f, 0x56]));
    if (place < 0) continue;
    if (known === bytes) known = Buffer.from(bytes);
    known.write("OB", place + 4, "latin1");
  }
  return known;
}
