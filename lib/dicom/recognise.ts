/** How a DICOM file begins. */
export type DicomBeginning =
  /** 128 bytes of anything, then "DICM": as the standard has it. */
  | "preamble"
  /** The file's meta information at once. */
  | "no preamble"
  /** The data set at once, its value representations given or not. */
  | "bare";

/** How many bytes of a file are enough to recognise it. */
export const bytesToRecognise = 132;

/**
 * Tells by its first bytes whether a file is DICOM. Its ending says nothing: archives write files with any or none.
 *
 * @param bytes The file, or its first {@link bytesToRecognise} bytes.
 * @returns How it begins; null where it is no DICOM.
 */
export function recogniseDicom(bytes: Uint8Array): DicomBeginning | null {
  if (bytes.length >= 132 && Buffer.from(bytes.subarray(128, 132)).toString("latin1") === "DICM") return "preamble";
  if (bytes.length < 16) return null;
  const group = bytes[0]! | (bytes[1]! << 8);
  const element = bytes[2]! | (bytes[3]! << 8);
  const kind = Buffer.from(bytes.subarray(4, 6)).toString("latin1");
  const isNamed = /^(?:AE|AS|AT|CS|DA|DS|DT|FD|FL|IS|LO|LT|OB|OW|PN|SH|SL|SQ|SS|ST|TM|UI|UL|UN|US|UT)$/.test(kind);
  if (group === 2 && element <= 0x0102 && isNamed) return "no preamble";
  // A data set begins with group 8, with one of the few elements that may stand first in it.
  if (group !== 8 || ![0x0000, 0x0001, 0x0005, 0x0008, 0x0012, 0x0016].includes(element)) return null;
  if (isNamed) return "bare";
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  return length > 0 && length <= 128 && length % 2 === 0 ? "bare" : null;
}
