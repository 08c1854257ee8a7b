import { equal, throws } from "node:assert/strict";
import { join } from "node:path";

import { busi } from "../../../lib/data/sets/busi";
import { howToGet, locateDataSet, tryLocate } from "../../../lib/data/sets/locate";
import { oasbud } from "../../../lib/data/sets/oasbud";
import { phantomSet } from "../../../lib/data/sets/phantom-set";
import { plainFolder } from "../../../lib/data/sets/plain-folder";
import { udiat } from "../../../lib/data/sets/udiat";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const makeBusi = (...place: string[]) => {
  for (const label of ["benign", "malignant"])
    writePicture(join(folder.path, ...place, label, `${label} (1).png`), texture(1));
  return join(folder.path, ...place);
};

describe("locateDataSet(set, root)", () => {
  it("finds a set in a folder of its name, first of all", () => {
    makeBusi("a copy");
    const own = makeBusi("BUSI", "Dataset_BUSI_with_GT");
    equal(locateDataSet(busi, folder.path), own);
  });

  it("finds a set anywhere in the root, and a root that is the set's own folder", () => {
    const own = makeBusi("downloads", "Dataset_BUSI_with_GT");
    equal(locateDataSet(busi, folder.path), own);
    equal(locateDataSet(busi, own), own);
  });

  it("takes the root for a folder of one's own", () => {
    writePicture(join(folder.path, "benign", "a.png"), texture(1));
    equal(locateDataSet(plainFolder, folder.path), folder.path);
  });

  it("says how to get a set that is not there", () => {
    throws(() => locateDataSet(busi, folder.path), /was not found in .*npm run data -- fetch busi downloads it/);
    throws(() => locateDataSet(udiat, folder.path), /was not found in .*Ask its authors/);
    throws(
      () => locateDataSet(busi, join(folder.path, "missing")),
      /missing, does not exist\. Name another with --root or SONONAS_DATA/,
    );
  });

  it("needs no folder for phantoms", () => {
    equal(tryLocate(phantomSet, "/nowhere"), "/nowhere");
  });
});

describe("howToGet(set)", () => {
  it("names the command, or the people to ask", () => {
    equal(howToGet(oasbud).startsWith("npm run data -- fetch oasbud"), true);
    equal(howToGet(udiat).includes("npm run data -- import udiat PATH"), true);
  });
});
