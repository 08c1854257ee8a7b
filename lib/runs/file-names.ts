import { lstatSync } from "node:fs";
import { join } from "node:path";

import { explainFailure, fileProblem } from "../files/explain-failure";
import { Problem } from "../runtime/problem";

/** What a run keeps its own account in; everything else in its folder is the caller's. In lower case. */
const own: readonly string[] = ["run.json", "metrics.jsonl", "log.txt", "done.json", "checkpoints", "owner"];

/**
 * Finds the place of a file inside of a run's folder, and nowhere else.
 *
 * @param name The file's name: parts divided by "/", each of them the name of a folder or, the last, of the file.
 * @throws {Problem} Where the name is absolute, leads out of the folder, or is not one on every system; where a folder on its
 *   way is a link or no folder; where it is itself a link or no file.
 */
export function placeInside(folder: string, name: string): string {
  const parts = name.split("/");
  const why = complaint(name, parts);
  if (why !== null) {
    throw new Problem(
      `The file name ${JSON.stringify(name.slice(0, 200))} ${why}, expected one inside of the run's folder.`,
      'Give a name such as "model.json" or "figures/curve.svg".',
    );
  }
  for (let count = 1; count <= parts.length; count++) {
    const path = join(folder, ...parts.slice(0, count));
    const stat = look(path);
    if (stat === null) break;
    const last = count === parts.length;
    if (last ? !stat.isFile() : !stat.isDirectory()) {
      throw new Problem(
        `${path} is ${stat.isSymbolicLink() ? "a link" : `no ${last ? "file" : "folder"}`}, which a run neither reads nor writes.`,
        "Move it away, or choose another name.",
      );
    }
  }
  return join(folder, ...parts);
}

/**
 * Finds the place of a file that the caller of a run writes.
 *
 * @throws {Problem} As {@link placeInside}; and where the name is one of the run's own.
 */
export function placeToWrite(folder: string, name: string): string {
  const path = placeInside(folder, name);
  if (own.includes(name.split("/")[0]!.toLowerCase())) {
    throw new Problem(`"${name}" is a name that the run itself writes.`, "Choose another name.");
  }
  return path;
}

function look(path: string) {
  try {
    return lstatSync(path);
  } catch (error) {
    if (explainFailure(error).code === "ENOENT") return null;
    throw fileProblem(path, "looked at", error);
  }
}

function complaint(name: string, parts: readonly string[]): string | null {
  if (/[\x00-\x1f\x7f]/.test(name)) return "holds a control character";
  if (/[\\:]/.test(name)) return "holds a backslash or a colon, which some systems take as a part of a path";
  if (name === "") return "is empty";
  if (name === "__proto__") return "is a name that objects cannot hold safely";
  if (parts.includes("")) return "is absolute, or has an empty part";
  if (parts.some((part) => /^\.+$/.test(part))) return 'has a part "." or ".."';
  if (parts.some((part) => Buffer.byteLength(part) > 255)) return "has a part longer than 255 bytes";
  return null;
}
