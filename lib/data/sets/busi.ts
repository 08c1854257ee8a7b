import { join } from "node:path";

import { classFoldersOf, listClassFolders } from "./class-folders";
import type { DataSet } from "./data-set";
import { findFolder, listFolder } from "./find-folder";

/** BUSI: 780 images of 600 women, from Cairo. */
export const busi: DataSet = {
  name: "busi",
  aliases: ["dataset-busi", "dataset-busi-with-gt"],
  title: "BUSI, dataset of breast ultrasound images",
  citation:
    "W. Al-Dhabyani, M. Gomaa, H. Khaled, A. Fahmy, Dataset of breast ultrasound images, Data in Brief 28:104863, 2020, doi 10.1016/j.dib.2019.104863",
  licence: "not formally stated",
  homepage: "https://scholar.cu.edu.eg/?q=afahmy/pages/dataset",
  access: {
    kind: "download",
    downloads: [
      {
        url: "https://scholar.cu.edu.eg/Dataset_BUSI.zip",
        file: "Dataset_BUSI.zip",
        sha256: "b2ce09f6063a31a73f628b6a6ee1245187cbaec225e93e563735691d68654de7",
        unpack: true,
      },
    ],
    note: "The SHA-256 is the one that another project publishes.",
  },
  expected: { images: { benign: 437, malignant: 210, normal: 133 } },
  knownFiles: [],
  cautions: [
    "Patients are not named. Many images show one lesion several times: group near duplicates before splitting.",
    "One picture stands in both classes, benign (433) and malignant (145), and several groups of near duplicates carry two labels.",
    "Results of 96 % and more in the literature come with random splits of a set full of duplicates.",
    "Some 70 images are of the axilla and some 300 have annotations drawn in (Data in Brief letter, PMC10293973).",
  ],
  synthetic: false,
  recognise: (folder) => findFolder(folder, 3, ({ folders }, path) => isBusi(path, folders)),
  list: (folder) => {
    const { records, findings } = listClassFolders(folder, { ids: "name", expectsMasks: true });
    return Promise.resolve({ records, findings, folds: [] });
  },
};

// Class folders with files named "benign (1).png", in them or, in the second layout, in their folder "images".
function isBusi(path: string, folders: readonly string[]): boolean {
  const classes = classFoldersOf(folders);
  const benign = classes.get("benign");
  if (benign === undefined || !classes.has("malignant")) return false;
  const own = listFolder(join(path, benign));
  const images = own.folders
    .filter((name) => /^images?$/i.test(name))
    .flatMap((name) => listFolder(join(path, benign, name)).files);
  return [...own.files, ...images].some((name) => /^benign ?\(\d+\)\.\w+$/i.test(name));
}
