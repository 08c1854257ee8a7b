import { existsSync } from "node:fs";
import { join } from "node:path";

import { labelOfCode, labelOfWord } from "../own/class-words";
import { descriptionFile } from "../own/description";
import { surveyFolder } from "../own/survey";
import type { DataSet } from "./data-set";
import { listFolder, pictureName } from "./find-folder";

/**
 * A folder of one's own: images in folders of their classes or with a table that says what they show, with masks, boxes and
 * patients where there are any; `own/` says how it is read.
 */
export const plainFolder: DataSet = describeFolder("folder");

/** Describes a folder of one's own as a data set. */
export function describeFolder(name: string): DataSet {
  return {
    name,
    aliases: [],
    title: name === "folder" ? "A folder of one's own" : `The folder "${name}"`,
    citation: "none: images of one's own",
    licence: "its owner's",
    homepage: "",
    access: {
      kind: "own files",
      how: "Put the images into folders benign and malignant, or name them in a table images.csv with the columns image,label; a column patient says who is who. Then: npm run data -- import NAME PATH, or name the folder with --root",
    },
    expected: null,
    knownFiles: [],
    cautions: [
      "Nothing was published to hold it against: what its labels rest on, and how its images were chosen, its owner alone knows.",
    ],
    synthetic: false,
    recognise: (folder) => (isOwn(folder) ? folder : null),
    list: async (folder) => {
      const { records, findings } = await surveyFolder(folder);
      return { records, findings, folds: [] };
    },
  };
}

// By its description, by folders of classes, or by pictures or a table that lie in it directly: the folder with all data sets
// has none of these.
function isOwn(folder: string): boolean {
  if (existsSync(join(folder, descriptionFile))) return true;
  const { files, folders } = listFolder(folder);
  const classes = folders.map((name) => labelOfWord(name) ?? labelOfCode(name, folders));
  if (classes.some((label) => label === "benign" || label === "malignant")) return true;
  return files.some((name) => pictureName.test(name) || /^(images|metadata)\.(csv|tsv|xlsx)$/i.test(name));
}
