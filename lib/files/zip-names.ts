import { Problem } from "../runtime/problem";

/** The longest name that is taken, in bytes of UTF-8; the zip format itself allows 65,535. */
const longestName = 1000;

/** The longest name of one file or folder that disks take, in bytes of UTF-8. */
const longestPart = 255;

/**
 * Decodes the name of a file in a zip archive. Archives say whether a name is UTF-8, and many say it wrongly: bytes that
 * are UTF-8 are read as UTF-8, and others as code page 437, the zip format's own.
 *
 * @param asCodePage Decodes the bytes by code page 437.
 */
export function decodeName(bytes: Uint8Array, asCodePage: (bytes: Uint8Array) => string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return asCodePage(bytes);
  }
}

/**
 * Checks all names of an archive before anything is written: each must stay in its folder on every system, and no two may
 * be one file on a disk that takes upper and lower case as the same.
 *
 * @param names The names; those of folders end with "/".
 * @returns Each name's parts, the folders first; empty for the name of the archive's own top, "./".
 * @throws {Problem} Where a name is absolute, has "..", a backslash, a drive letter or a control character, is too long, or
 *   collides with another.
 */
export function checkNames(archive: string, names: readonly string[]): string[][] {
  const all = names.map((name) => partsOf(archive, name));
  // Every folder and file by the name under which a disk that does not tell cases apart would find it.
  const taken = new Map<string, { readonly spelling: string; readonly folder: boolean }>();
  for (const [index, parts] of all.entries()) {
    const isFolder = names[index]!.endsWith("/");
    for (let count = 1; count <= parts.length; count++) {
      const spelling = parts.slice(0, count).join("/");
      const folder = count < parts.length || isFolder;
      const key = spelling.normalize("NFC").toUpperCase().toLowerCase();
      const other = taken.get(key);
      if (other === undefined) {
        taken.set(key, { spelling, folder });
      } else if (other.spelling !== spelling || !folder || !other.folder) {
        throw refused(archive, spelling, `is there twice, the other one as ${JSON.stringify(other.spelling)}`);
      }
    }
  }
  return all;
}

function partsOf(archive: string, name: string): string[] {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  const why = complaint(name, parts);
  if (why !== null) throw refused(archive, name, why);
  return parts;
}

function complaint(name: string, parts: readonly string[]): string | null {
  if (name.includes("\0")) return "holds a NUL";

  if (/[\x01-\x1f\x7f]/.test(name)) return "holds a control character";
  if (name.includes("\\")) return "holds a backslash, which some systems take as a folder";
  if (name.startsWith("/")) return "is absolute";
  if (parts.some((part) => /^[a-z]:/i.test(part))) return "holds a drive letter";
  if (parts.includes("..")) return 'leads out of the folder by ".."';
  if (parts.length === 0 && !name.endsWith("/")) return "is no file's name";
  if (Buffer.byteLength(name) > longestName) return `is longer than ${longestName} bytes`;
  if (parts.some((part) => Buffer.byteLength(part) > longestPart)) return `has a part longer than ${longestPart} bytes`;
  return null;
}

function refused(archive: string, name: string, why: string): Problem {
  // As JSON, no name can write control characters to a terminal.
  const shown = JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
  return new Problem(
    `${archive}: the name ${shown} ${why}. Nothing was unpacked.`,
    "Take the archive from its original place; if it is from there, unpack it with another program.",
  );
}
