import type { DataSet } from "dicom-parser";

/** What is kept of a header, and nothing else: no name, date, place, description, or identifier of the standard. */
export interface DicomFacts {
  readonly modality?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  /** The breast, where the file says so and does not contradict itself. */
  readonly side?: "left" | "right";
  /** The patient's age in whole years; 90 for all above 89. */
  readonly age?: number;
  /** Milliseconds from one frame to the next, of a cine loop. */
  readonly frameTime?: number;
}

/** Who is shown. Used to make pseudonyms of, and never written. */
export interface DicomIdentity {
  /** The patient's number; null where there is none that tells patients apart. */
  readonly patient: string | null;
  /** Who gave out that number. */
  readonly issuer: string;
  /** The examination; null where the file does not say. */
  readonly study: string | null;
}

/** Reads what is kept of a header. */
export function readFacts(dataSet: DataSet): DicomFacts {
  const text = (tag: string) => {
    const value = decodeText(dataSet, tag)
      .replaceAll(/[^\p{L}\p{N} .,_()/+-]/gu, "")
      .trim()
      .slice(0, 64);
    return value === "" ? undefined : value;
  };
  const sides = [sideOf(dataSet.string("x00200062")), sideOf(dataSet.string("x00200060"))];
  const [side, other] = sides.filter((one) => one !== undefined);
  const years = /^(\d{3})Y$/.exec(dataSet.string("x00101010")?.trim() ?? "")?.[1];
  const frameTime = Number(dataSet.string("x00181063", 0) ?? NaN);
  return {
    modality: text("x00080060"),
    manufacturer: text("x00080070"),
    model: text("x00081090"),
    side: other === undefined || other === side ? side : undefined,
    age: years === undefined ? undefined : Math.min(90, Number(years)),
    frameTime: frameTime > 0 && frameTime < 60_000 ? frameTime : undefined,
  };
}

function sideOf(text: string | undefined): "left" | "right" | undefined {
  const letter = text?.trim().toUpperCase();
  return letter === "L" ? "left" : letter === "R" ? "right" : undefined;
}

/** Reads who is shown. Numbers that many patients share, such as 0 and ANON, tell nobody apart. */
export function readIdentity(dataSet: DataSet): DicomIdentity {
  const patient = decodeText(dataSet, "x00100020").trim();
  const study = decodeText(dataSet, "x0020000d").trim() || decodeText(dataSet, "x00080050").trim();
  const shared = patient === "" || /^(?:0+|anon(?:ymous|ymized|ymised)?|unknown|none|n\/?a|x+|test)$/i.test(patient);
  return {
    patient: shared ? null : patient,
    issuer: decodeText(dataSet, "x00100021").trim(),
    study: study === "" ? null : study,
  };
}

// The library takes all texts for Latin-1.
function decodeText(dataSet: DataSet, tag: string): string {
  const element = dataSet.elements[tag];
  if (element === undefined || element.length === 0 || element.length > 1024) return "";
  const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  const inUnicode = (dataSet.string("x00080005") ?? "").includes("ISO_IR 192");
  return new TextDecoder(inUnicode ? "utf-8" : "latin1").decode(bytes).replaceAll("\0", "");
}
