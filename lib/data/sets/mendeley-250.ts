import { join } from "node:path";

import { classFoldersOf, listClassFolders } from "./class-folders";
import type { DataSet } from "./data-set";
import { findFolder, listFolder } from "./find-folder";

/** Mendeley 250: 250 crops of lesions. */
export const mendeley250: DataSet = {
  name: "mendeley-250",
  aliases: ["mendeley", "mendeley250", "rodrigues", "bus-250", "busc"],
  title: "Breast Ultrasound Image (Rodrigues)",
  citation: "P. S. Rodrigues, Breast Ultrasound Image, Mendeley Data, V1, 2017, doi 10.17632/wmy84gzngw.1",
  licence: "CC BY 4.0, by hearsay",
  homepage: "https://data.mendeley.com/datasets/wmy84gzngw/1",
  access: {
    kind: "by hand",
    how: 'Open https://data.mendeley.com/datasets/wmy84gzngw/1, press "Download All", then: npm run data -- import mendeley-250 PATH_OF_THE_ZIP',
  },
  expected: { images: { benign: 100, malignant: 150 } },
  knownFiles: [],
  cautions: [
    "Patients are not named.",
    "Images are small crops of lesions; sources disagree on their size.",
    "More malignant than benign, the reverse of a clinic.",
  ],
  synthetic: false,
  recognise: (folder) => findFolder(folder, 3, ({ folders }, path) => isMendeley(path, folders)),
  list: (folder) => {
    const { records, findings } = listClassFolders(folder, { ids: "class and name", expectsMasks: false });
    return Promise.resolve({ records, findings, folds: [] });
  },
};

// Class folders that hold bitmaps.
function isMendeley(path: string, folders: readonly string[]): boolean {
  const classes = classFoldersOf(folders);
  const [benign, malignant] = [classes.get("benign"), classes.get("malignant")];
  if (benign === undefined || malignant === undefined) return false;
  return [benign, malignant].every((name) => listFolder(join(path, name)).files.some((file) => /\.bmp$/i.test(file)));
}
