import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { join } from "node:path";

import { plainName } from "../../../lib/data/sets/plain-name";
import { dataSets, findDataSet } from "../../../lib/data/sets/registry";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("the registry of data sets", () => {
  it("knows the sets of the literature, one's own folder and the phantoms", () => {
    deepEqual(
      dataSets.map(({ name }) => name),
      [
        "phantom",
        "bus-bra",
        "busi",
        "breast-lesions-usg",
        "breastmnist-28",
        "breastmnist-64",
        "breastmnist-128",
        "breastmnist-224",
        "udiat",
        "oasbud",
        "mendeley-250",
        "bus-uclm",
        "folder",
      ],
    );
  });

  it("tells of each how to cite it, its licence and how to get it", () => {
    for (const { name, citation, licence, title, access, cautions, homepage } of dataSets) {
      ok(citation !== "" && licence !== "" && title !== "" && cautions.length > 0, name);
      if (access.kind === "download") {
        for (const { url, md5, sha256 } of access.downloads) {
          ok(url.startsWith("https://"), name);
          ok(md5 === undefined || /^[0-9a-f]{32}$/.test(md5), name);
          ok(sha256 === undefined || /^[0-9a-f]{64}$/.test(sha256), name);
        }
        ok(homepage.startsWith("https://"), name);
      }
    }
  });

  it("has no name twice", () => {
    const names = dataSets.flatMap(({ name, aliases }) => [name, ...aliases]).map(plainName);
    // "breast" is short for one set alone, and "bus-bra" and "busbra" are one name.
    const perSet = dataSets.flatMap(({ name, aliases }) => [...new Set([name, ...aliases].map(plainName))]);
    equal(new Set(names).size, perSet.length);
  });
});

describe("findDataSet(name, root)", () => {
  it("finds a set by the ways in which people write its name", () => {
    for (const [written, name] of [
      ["BUS-BRA", "bus-bra"],
      ["busbra", "bus-bra"],
      ["BUSI", "busi"],
      ["BreastMNIST", "breastmnist-28"],
      ["breastmnist_64", "breastmnist-64"],
      ["UDIAT B", "udiat"],
      ["BUS-UCLM", "bus-uclm"],
      ["Mendeley 250", "mendeley-250"],
      ["BrEaST-Lesions-USG", "breast-lesions-usg"],
    ]) {
      equal(findDataSet(written!).name, name);
    }
  });

  it("finds a folder of one's own in the root", () => {
    writePicture(join(folder.path, "my hospital", "benign", "1.png"), texture(1));
    equal(findDataSet("my hospital", folder.path).title, 'The folder "my hospital"');
    throws(() => findDataSet("my hospital"), /There is no data set "my hospital"/);
  });

  it("takes several together by their names, unless a folder is called so", () => {
    equal(findDataSet("BUS-BRA+udiat").name, "bus-bra+udiat");
    equal(findDataSet("BUSI + UDIAT B").name, "busi+udiat");
    throws(() => findDataSet("bus-bra+busy"), /There is no data set "busy"\. Did you mean "busi"\?/);
    writePicture(join(folder.path, "busi+udiat", "benign", "1.png"), texture(1));
    equal(findDataSet("busi+udiat", folder.path).title, 'The folder "busi+udiat"');
  });

  it("names the nearest for a name that is none, and never looks outside of the root", () => {
    throws(() => findDataSet("busy"), /There is no data set "busy"\. Did you mean "busi"\?/);
    throws(() => findDataSet("../secret", folder.path), /There is no data set/);
  });
});
