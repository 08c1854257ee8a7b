import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { importSet } from "../../../lib/data/command/import-set";
import { loadDataSet } from "../../../lib/data/sets/load";
import { texture, writePicture } from "../../helpers/pictures";
import { writeSheet } from "../../helpers/sheets";
import { onSmallDisk } from "../../helpers/small-disk";
import { temporaryFolder } from "../../helpers/temporary";
import { makeZip } from "../../helpers/zip";

const folder = temporaryFolder();
const root = () => join(folder.path, "data");
const own = (...parts: string[]) => join(folder.path, "mine", ...parts);
const makeClasses = (...parts: string[]) => {
  for (const label of ["benign", "malignant"]) writePicture(own(...parts, label, `${label} (1).png`), texture(1));
};

describe("importSet(name, paths, root)", () => {
  it("copies a folder, and leaves the original as it is", async () => {
    makeClasses("BUSI");
    const { name, found } = await importSet("BUSI", [own("BUSI")], root());
    deepEqual([name, found], ["busi", join(root(), "busi")]);
    deepEqual(readdirSync(found).sort(), ["benign", "malignant"]);
    deepEqual(
      readFileSync(join(found, "benign", "benign (1).png")),
      readFileSync(own("BUSI", "benign", "benign (1).png")),
    );
  });

  it("copies true files alone: no link out of the folder, no pipe, no folder twice", async () => {
    makeClasses("BUSI");
    symlinkSync(own("BUSI"), own("BUSI", "benign", "again"));
    const { found } = await importSet("busi", [own("BUSI")], root());
    deepEqual(readdirSync(join(found, "benign")), ["benign (1).png"]);
    rmSync(own("BUSI", "benign", "again"));
    for (const make of [
      () => {
        symlinkSync("/etc/hostname", own("BUSI", "benign", "x.png"));
      },
      () => {
        symlinkSync("/dev/zero", own("BUSI", "benign", "x.png"));
      },
      () => {
        execFileSync("mkfifo", [own("BUSI", "benign", "x.png")]);
      },
    ]) {
      make();
      for (const [name, paths] of [
        ["busi", [own("BUSI")]],
        ["mine", [own("BUSI")]],
        ["mine", [own("BUSI", "benign"), own("BUSI", "malignant")]],
      ] as const)
        await rejects(
          importSet(name, paths, join(folder.path, "other")),
          /x\.png is (a link that leads out|no regular)/,
        );
      rmSync(own("BUSI", "benign", "x.png"));
    }
    deepEqual(readdirSync(join(folder.path, "other")), []);
  });

  it("unpacks an archive", async () => {
    const png = readFileSync(writePicture(own("x.png"), texture(1)));
    writeFileSync(
      own("archive.zip"),
      makeZip(
        ["benign/benign (1).png", "malignant/malignant (1).png"].map((name) => ({
          name: `Dataset_BUSI_with_GT/${name}`,
          contents: png,
        })),
      ),
    );
    const { found } = await importSet("busi", [own("archive.zip")], root());
    equal(existsSync(join(found, "benign", "benign (1).png")), true);
  });

  it("takes several files that make one set", async () => {
    for (const name of ["case001.png", "case001_tumor.png"]) writePicture(own("images", name), texture(1));
    writeSheet(own("clinical.xlsx"), [["CaseID"], [1]]);
    const { found } = await importSet("breast-lesions-usg", [own("images"), own("clinical.xlsx")], root());
    equal(found, join(root(), "breast-lesions-usg"));
  });

  it("brings in a folder of one's own under a new name", async () => {
    makeClasses("scans");
    const { name } = await importSet("my hospital", [own("scans")], root());
    equal(name, "my hospital");
    equal(existsSync(join(root(), "my hospital", "malignant")), true);
  });

  it("unpacks an archive of one's own, with one folder at its top or none, and takes a folder one level up", async () => {
    makeClasses("study");
    const png = readFileSync(own("study", "benign", "benign (1).png"));
    for (const [index, top] of ["study/", ""].entries()) {
      const names = ["benign/1.png", "malignant/1.png", "Thumbs.db"].map((name) => ({
        name: `${top}${name}`,
        contents: png,
      }));
      writeFileSync(own(`${index}.zip`), makeZip(names));
      const { found, name } = await importSet(`zip ${index}`, [own(`${index}.zip`)], root());
      const { records } = await loadDataSet(name, { root: root(), cacheFolder: null, onContradiction: "keep" });
      deepEqual(
        records.map(({ id }) => id),
        ["benign/1", "malignant/1"],
      );
      equal(existsSync(join(found, String(index), top, "Thumbs.db")), false);
    }
    mkdirSync(own("up"));
    renameSync(own("study"), own("up", "study"));
    await importSet("up", [own("up")], root());
    const { records } = await loadDataSet("up", { root: root(), cacheFolder: null, onContradiction: "keep" });
    deepEqual(
      records.map(({ id }) => id),
      ["benign/benign (1)", "malignant/malignant (1)"],
    );
  });

  it("names the archive that was given, and no folder of its own work", async () => {
    const png = readFileSync(writePicture(own("x.png"), texture(1)));
    writeFileSync(own("scans.zip"), makeZip([{ name: "site/1.png", contents: png }]));
    await rejects(importSet("mine", [own("scans.zip")], root()), (error: Error) => {
      match(error.message, /scans\.zip\/?[^ ]*: nothing says what the 1 images show/);
      return !error.message.includes(".part");
    });
  });

  it("keeps nothing of what is not the set", async () => {
    mkdirSync(own("holiday"), { recursive: true });
    writeFileSync(own("holiday", "beach.txt"), "");
    await rejects(importSet("busi", [own("holiday")], root()), /is not BUSI/);
    await rejects(importSet("my hospital", [own("holiday")], root()), /beach\.txt is neither a picture nor a table/);
    deepEqual(readdirSync(root()), []);
  });

  it("writes nothing over, refuses what is missing, and does not copy the root into itself", async () => {
    makeClasses("BUSI");
    await importSet("busi", [own("BUSI")], root());
    await rejects(importSet("busi", [own("BUSI")], root()), /already holds benign, malignant/);
    await rejects(importSet("udiat", [own("none")], root()), /none does not exist/);
    await rejects(importSet("udiat", [folder.path], root()), /holds the folder with the data sets/);
    await rejects(importSet("phantom", [own("BUSI")], root()), /nothing to bring in/);
    await rejects(importSet("udiat", [own("BUSI")], root(), { said: { bits: 12 } }), /is read as it was published/);
  });

  it("says that the disk is full, and leaves nothing behind", async function () {
    makeClasses("scans");
    writeFileSync(own("scans", "benign", "large.png"), Buffer.alloc(4 * 2 ** 20));
    await onSmallDisk(this, folder.path, "1m", async (disk) => {
      await rejects(importSet("my hospital", [own("scans")], disk), /could not be copied to .*the disk is full/);
      deepEqual(readdirSync(disk), []);
    });
  });
});
