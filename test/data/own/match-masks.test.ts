import { deepEqual } from "node:assert/strict";

import { describeImages } from "../../../lib/data/own/describe-images";
import { findMasks } from "../../../lib/data/own/find-masks";
import { matchMasks, namedMasks } from "../../../lib/data/own/match-masks";
import { placeImages } from "../../../lib/data/own/place-images";
import type { Fates } from "../../../lib/data/own/sort-files";
import type { Finding } from "../../../lib/data/records/finding";
import type { Field } from "../../../lib/data/own/columns";

const match = async (files: string[], masksOfRows?: Record<string, string>) => {
  const pictures = files.map((file) => ({ path: file, parts: file.split("/") }));
  const rows = Object.entries(masksOfRows ?? {}).map(([image, mask], index) => ({
    place: `t.csv, row ${index + 2}`,
    cell: (field: Field) => (field === "image" ? image : field === "mask" ? mask : ""),
  }));
  const table =
    masksOfRows === undefined
      ? null
      : { name: "t.csv", columns: { image: "i", mask: "m" }, unused: [], rows, form: "" };
  const named = namedMasks(pictures, table);
  const { images, masks } = await findMasks(
    pictures.filter((picture) => !named.has(picture)),
    undefined,
  );
  const described = describeImages(placeImages(images, {}), table, { values: {}, patientOf: () => undefined }).images;
  const fates: Fates = new Map();
  const findings: Finding[] = [];
  const found = matchMasks(described, masks, named, fates, findings);
  return {
    found: Object.fromEntries([...found].map(([{ id }, paths]) => [id, paths])),
    checks: findings.map(({ severity, check, file }) => `${severity}: ${check}, ${file!}`),
  };
};

describe("matchMasks(images, search, named, fates, findings)", () => {
  it("finds the image of each mask beside it, and several masks of one image", async () => {
    const files = [
      "benign/1.png",
      "malignant/1.png",
      "benign/1_mask.png",
      "malignant/1_mask_1.png",
      "malignant/1_mask_2.png",
    ];
    deepEqual(await match(files), {
      found: { "benign/1": ["benign/1_mask.png"], "malignant/1": ["malignant/1_mask_1.png", "malignant/1_mask_2.png"] },
      checks: [],
    });
  });

  it("refuses to choose among images of one name", async () => {
    const { found, checks } = await match(["benign/1.png", "malignant/1.png", "masks/1.png"]);
    deepEqual([found, checks], [{}, ["error: mask of several images, masks/1.png"]]);
  });

  it("tells of a mask without an image, and of an image without a mask where others have one", async () => {
    const { checks } = await match([
      "benign/1.png",
      "benign/2.png",
      "benign/1_mask.png",
      "benign/9_mask.png",
      "normal/3.png",
    ]);
    deepEqual(checks, ["warning: mask without an image, benign/9_mask.png", "warning: missing mask, benign/2.png"]);
  });

  it("takes the masks that a table names", async () => {
    const { found, checks } = await match(["benign/1.png", "benign/2.png", "other/a.png", "other/b.png"], {
      "1": "a.png & other/b.png",
      "2": "c.png",
    });
    deepEqual(found, { "benign/1": ["other/a.png", "other/b.png"] });
    deepEqual(checks, ["warning: missing mask, c.png", "warning: missing mask, benign/2.png"]);
  });
});
