import { basename, join } from "node:path";

import { Problem } from "../../runtime/problem";
import { openArchive } from "../records/array-image";
import type { ImageRecord, Label } from "../records/record";
import type { DataSet, Listing } from "./data-set";
import { findFolder } from "./find-folder";

/** The files' sums, by rows and columns of an image. */
const sums = {
  28: "750601b1f35ba3300ea97c75c52ff8f6",
  64: "742edef2a1fd1524b2efff4bd7ba9364",
  128: "363e4b3f8d712e9b5de15470a2aaadf1",
  224: "b56378a6eefa9fed602bb16d192d4c8b",
} as const;

/** BreastMNIST in its four sizes. */
export const breastMnist: readonly DataSet[] = ([28, 64, 128, 224] as const).map(makeSet);

function makeSet(size: keyof typeof sums): DataSet {
  const file = size === 28 ? "breastmnist.npz" : `breastmnist_${size}.npz`;
  return {
    name: `breastmnist-${size}`,
    aliases: size === 28 ? ["breastmnist"] : [],
    title: `BreastMNIST, ${size} × ${size} pixels`,
    citation:
      "J. Yang et al., MedMNIST v2, a large-scale lightweight benchmark for 2D and 3D biomedical image classification, Scientific Data 10:41, 2023, doi 10.1038/s41597-022-01721-8; derived from BUSI (Al-Dhabyani et al., Data in Brief 28:104863, 2020)",
    licence: "CC BY 4.0",
    homepage: "https://zenodo.org/records/10519652",
    access: {
      kind: "download",
      downloads: [
        { url: `https://zenodo.org/records/10519652/files/${file}?download=1`, file, md5: sums[size], unpack: false },
      ],
    },
    expected: { images: { benign: 570, malignant: 210 } },
    knownFiles: [{ path: file, md5: sums[size] }],
    cautions: [
      "0 is malignant and 1 is normal or benign in its files, the reverse of what one expects. Here, benign holds the normal images too.",
      "It is BUSI split at random: near duplicates stand in training and test, one picture with both labels (train[115] and test[76]).",
      "The test part has 156 images: an accuracy of .863 carries ±5.4 points.",
      "There are no patients and no masks.",
    ],
    synthetic: false,
    recognise: (folder) => findFolder(folder, 3, ({ files }) => files.includes(file)),
    list: (folder) => list(join(folder, file), size),
  };
}

async function list(path: string, size: number): Promise<Listing> {
  const arrays = await openArchive(path);
  const records: ImageRecord[] = [];
  for (const [name, part] of [
    ["train", "train"],
    ["val", "validation"],
    ["test", "test"],
  ] as const) {
    const images = arrays.get(`${name}_images`);
    const classes = arrays.get(`${name}_labels`);
    const count = images?.shape[0] ?? 0;
    const good =
      images !== undefined && classes?.shape[0] === count && images.shape[1] === size && images.shape[2] === size;
    if (!good) {
      const found = `${name}_images [${images?.shape.join(", ") ?? "missing"}] and ${name}_labels [${classes?.shape.join(", ") ?? "missing"}]`;
      throw new Problem(
        `${path} holds ${found}, expected [n, ${size}, ${size}] and [n, 1].`,
        "Download the original file again.",
      );
    }
    for (let index = 0; index < count; index++) {
      const id = `${name}[${index}]`;
      const source = { kind: "array" as const, path, array: `${name}_images`, index };
      records.push({ id, image: source, masks: [], label: labelOf(Number(classes.data[index]), id, path), part });
    }
  }
  return { records, findings: [], folds: [] };
}

function labelOf(value: number, id: string, path: string): Label {
  if (value === 0) return "malignant";
  if (value === 1) return "benign";
  throw new Problem(
    `${basename(path)}: the label of ${id} is ${value}, expected 0 (malignant) or 1 (normal or benign).`,
    "Download the original file again.",
  );
}
