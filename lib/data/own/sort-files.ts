import type { Finding } from "../records/finding";
import type { Description } from "./description";
import { kindOfFile } from "./file-kind";
import type { FoundFile } from "./walk-files";

/** What becomes of a file. Every file of a folder has one fate, and no file has none. */
export type Fate =
  | { readonly kind: "image"; readonly id: string }
  | { readonly kind: "mask"; readonly of: string }
  | { readonly kind: "table" }
  /** Nothing of a study, by a known rule. */
  | { readonly kind: "ignored"; readonly why: string }
  /** Left out because somebody said so. */
  | { readonly kind: "left out"; readonly why: string }
  /** Not used, though it may be meant to be; a finding tells of it. */
  | { readonly kind: "refused"; readonly why: string };

/** The fates of all files below a folder, by their paths in it. */
export type Fates = Map<string, Fate>;

/**
 * Names a file by its place in its folder.
 *
 * @returns "benign/1.png".
 */
export function pathOf({ parts }: Pick<FoundFile, "parts">): string {
  return parts.join("/");
}

/** Files by what they are; all but pictures and tables have their fate already. */
export interface SortedFiles {
  readonly pictures: readonly FoundFile[];
  readonly tables: readonly FoundFile[];
  /** The fates, to be filled in. A picture or a table is refused until something is made of it. */
  readonly fates: Fates;
  readonly findings: readonly Finding[];
}

/**
 * Says what each file is by itself. What is of no known kind is an error, unless it was said to be left out.
 *
 * @param leaveOut Paths, names or folders that are left out, with stars for anything.
 */
export function sortFiles(files: readonly FoundFile[], leaveOut: Description["leaveOut"]): SortedFiles {
  const unwanted = leaveOut.map(patternOf);
  const fates: Fates = new Map();
  const findings: Finding[] = [];
  const pictures: FoundFile[] = [];
  const tables: FoundFile[] = [];
  const unknown = new Map<string, string[]>();
  for (const file of files) {
    const path = pathOf(file);
    const kind = unwanted.some((matches) => matches(path)) ? null : kindOfFile(file);
    if (kind === null) fates.set(path, { kind: "left out", why: "as was said" });
    else if (kind.kind === "ignored") fates.set(path, { kind: "ignored", why: kind.rule });
    else if (kind.kind === "picture") pictures.push(file);
    else if (kind.kind === "table") tables.push(file);
    else {
      fates.set(path, { kind: "refused", why: kind.reason });
      const ending = /\.[a-z0-9]{1,8}$/i.exec(path)?.[0].toLowerCase() ?? "";
      const key = `${ending} ${kind.reason}`;
      unknown.set(key, [...(unknown.get(key) ?? []), path]);
    }
    // A picture or a table gets its fate later, and its place in the order of files now.
    if (kind?.kind === "picture" || kind?.kind === "table") fates.set(path, { kind: "refused", why: "is not used" });
  }
  for (const [key, [first, ...more]] of unknown) {
    const ending = key.slice(0, key.indexOf(" "));
    const count =
      more.length === 0
        ? ""
        : `, and so ${more.length === 1 ? "is 1 more" : `are ${more.length} more`}${ending === "" ? "" : ` ${ending} files`}`;
    const pattern = ending === "" ? first! : `*${ending}`;
    findings.push({
      severity: "error",
      check: "file of unknown kind",
      file: first!,
      images: [],
      message: `${first!} ${key.slice(key.indexOf(" ") + 1)}${count}: what is it for? To go on without, say so: --leave-out "${pattern}".`,
    });
  }
  return { pictures, tables, fates, findings };
}

// A path, a name, a folder, or one of these with stars.
function patternOf(pattern: string): (path: string) => boolean {
  const plain = pattern.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/$/, "");
  const escaped = plain.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("*", ".*");
  const whole = new RegExp(`^${escaped}(/.*)?$`, "is");
  return (path) =>
    path.split("/").some((_, place, parts) => whole.test(parts.slice(place).join("/"))) || whole.test(path);
}
