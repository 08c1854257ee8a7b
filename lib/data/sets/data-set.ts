import type { Finding } from "../records/finding";
import type { ImageRecord, Label } from "../records/record";
import type { OfficialFolds } from "../split/official";

/** A data set that the project knows. */
export interface DataSet {
  /** Its name in commands and settings: "bus-bra". */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly citation: string;
  /** Under which licence it is given, and whether that was read or is hearsay. */
  readonly licence: string;
  readonly homepage: string;
  readonly access: Access;
  /** What it holds when whole; null where that depends on the user. */
  readonly expected: Expected | null;
  /** Files in the set's folder whose sums are known. */
  readonly knownFiles: readonly KnownFile[];
  /** What a user must know before trusting a result on it. */
  readonly cautions: readonly string[];
  readonly synthetic: boolean;
  /** The sets that it puts together, two or more; not there for a set by itself. */
  readonly parts?: readonly DataSet[];

  /**
   * Says whether a folder is this set's: looks at names alone.
   *
   * @returns Where its files lie from, which is the folder in all but a few sets; null where it is not.
   */
  recognise(folder: string): string | null;

  /**
   * Lists its images. Pixels are not opened.
   *
   * @throws {Problem} Where its tables cannot be read.
   */
  list(folder: string): Promise<Listing>;
}

/** How one gets a set. */
export type Access =
  | { readonly kind: "download"; readonly downloads: readonly SetDownload[]; readonly note?: string }
  | { readonly kind: "by hand" | "on request"; readonly how: string }
  | { readonly kind: "own files"; readonly how: string }
  | { readonly kind: "built in" };

/** A file to download. */
export interface SetDownload {
  /** Its canonical address. */
  readonly url: string;
  /** The name that it is kept under. */
  readonly file: string;
  /** Its MD5, hexadecimal, where known. */
  readonly md5?: string;
  /** Its SHA-256, hexadecimal, where known. */
  readonly sha256?: string;
  /** Its length, where known. */
  readonly bytes?: number;
  /** Whether it is an archive, to be unpacked beside. */
  readonly unpack: boolean;
}

/** What a set holds. */
export interface Expected {
  readonly images: Readonly<Partial<Record<Label, number>>>;
  /** Patients, where the set names them. */
  readonly patients?: number;
}

/** A file whose sum is known. */
export interface KnownFile {
  /** Its path in the set's folder, with "/". */
  readonly path: string;
  /** Its MD5, hexadecimal. */
  readonly md5: string;
}

/** The images of a set, as its files list them. */
export interface Listing {
  readonly records: readonly ImageRecord[];
  /** What is wrong or odd: files that are missing, labels that are none. An error names the images that it makes unusable. */
  readonly findings: readonly Finding[];
  /** The set's own folds; empty where it has none. A single official split is in the records' `part`. */
  readonly folds: readonly OfficialFolds[];
}

/** Makes a promise of a listing that is made at once, so that what it throws is a rejection. */
export function inPromise(list: () => Listing): Promise<Listing> {
  return new Promise((resolve) => {
    resolve(list());
  });
}
