import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { developDicom, type DevelopOptions } from "../../../lib/data/command/develop-dicom";
import { importSet } from "../../../lib/data/command/import-set";
import type { Description } from "../../../lib/data/own/description";
import { loadDataSet } from "../../../lib/data/sets/load";
import { openDicom } from "../../../lib/dicom/open-dicom";
import { decodePicture } from "../../../lib/pictures/decode-picture";
import { clinicPicture } from "../../helpers/dicom-picture";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const source = () => join(folder.path, "source");
const target = () => join(folder.path, "target");
const keyFile = () => join(folder.path, "keys", "key");
const put = (name: string, bytes: Uint8Array | string) => {
  const path = join(source(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
};
const develop = (said: Partial<Description> = {}, options: Partial<DevelopOptions> = {}) =>
  developDicom(source(), target(), said, { frames: 1, area: null, keyFile: keyFile(), ...options });
const table = () => readFileSync(join(target(), "images.csv"), "utf8").trim().split("\n");
const everything = (below: string) =>
  readdirSync(below, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(
      (entry) => `${join(entry.parentPath, entry.name)}\n${readFileSync(join(entry.parentPath, entry.name), "latin1")}`,
    )
    .join("\n");

describe("developDicom(source, target, said, options)", () => {
  it("writes the tissue as a picture of the same gray levels", async () => {
    put("benign/IM1", clinicPicture());
    await develop();
    const path = join(target(), "benign", "image1.png");
    const { width, height, pixels } = await decodePicture(readFileSync(path), path);
    deepEqual([width, height], [60, 40]);
    const whole = await (await openDicom(clinicPicture(), "a")).readGray(0);
    ok(pixels.every((level, place) => level === whole.pixels[(20 + Math.floor(place / 60)) * 100 + 10 + (place % 60)]));
  });

  it("writes each frame of a loop from that frame, file by file", async () => {
    const loop = (first: number) => {
      const levels = new Uint8Array(5 * 8000).map((_, place) => first + 10 * Math.floor(place / 8000));
      return clinicPicture({ patient: `P${first}`, others: { "0028,0008": ["IS", "5"], "7fe0,0010": ["OW", levels] } });
    };
    put("benign/1", loop(100));
    put("malignant/2", loop(105));
    await develop({}, { frames: 2 });
    const shown = await Promise.all(
      ["benign/image1-frame2", "benign/image1-frame4", "malignant/image2-frame2", "malignant/image2-frame4"].map(
        async (name) => {
          const path = join(target(), `${name}.png`);
          return Math.round((await decodePicture(readFileSync(path), path)).pixels[0]! * 255);
        },
      ),
    );
    deepEqual(shown, [110, 130, 115, 135]);
  });

  it("keeps of headers, names of files and folders only what is allowed", async () => {
    put("Geheim Anna/benign/GEHEIM_ANNA_1", clinicPicture({ patient: "GEHEIM-7" }));
    put("Geheim Anna/malignant/GEHEIM_ANNA_2", clinicPicture({ patient: "GEHEIM-8" }));
    await develop();
    equal(/geheim|anna|1\.2\.840/i.test(everything(target()).replaceAll(folder.path, "")), false);
    const [head, first, second] = table();
    equal(head, "image,patient,device,side,age,pixelSize");
    ok(/^benign\/image1\.png,p[0-9a-f]{20},Maker Seven,right,52,0\.2$/.test(first!));
    ok(second!.split(",")[1] !== first!.split(",")[1]);
  });

  it("keeps folders of classes as they were said, whatever stands between their words", async () => {
    put("krebs fall/1", clinicPicture({ patient: "A" }));
    put("B/2", clinicPicture({ patient: "B" }));
    await develop({ values: { krebs_fall: "malignant" } });
    deepEqual(
      table()
        .slice(1)
        .map((row) => row.split(",")[0]),
      // "B" stands beside a folder that is called neither by a usual word nor by a code.
      ["image1.png", "krebs fall/image2.png"],
    );
  });

  it("gives a patient the same pseudonym each time, under a key that stays outside", async () => {
    put("benign/1", clinicPicture({ patient: "A" }));
    put("benign/2", clinicPicture({ patient: "A" }));
    put("benign/3", clinicPicture({ patient: "A", issuer: "Elsewhere" }));
    await develop();
    const [one, two, three] = table()
      .slice(1)
      .map((row) => row.split(",")[1]);
    equal(one, two);
    ok(one !== three);
    equal(statSync(keyFile()).mode & 0o777, 0o600);
    const key = readFileSync(keyFile(), "utf8").trim();
    equal(everything(target()).includes(key), false);
    const before = table();
    await developDicom(source(), join(folder.path, "again"), {}, { frames: 1, area: null, keyFile: keyFile() });
    deepEqual(
      readFileSync(join(folder.path, "again", "images.csv"), "utf8")
        .trim()
        .split("\n"),
      before,
    );
  });

  it("takes a table along by the names of files, and by the patients' numbers", async () => {
    put("IM1", clinicPicture({ patient: "A" }));
    put("IM2", clinicPicture({ patient: "B" }));
    put("list.csv", "filename,PatientID,label,Comment\nIM1,A,benign,secret\nIM2,B,malignant,secret\n");
    deepEqual(await develop(), { values: {}, leaveOut: [], table: "images.csv" });
    deepEqual(
      table().map((row) => row.split(",").slice(0, 3)[2]),
      ["label", "benign", "malignant"],
    );
    equal(everything(target()).includes("secret"), false);
  });

  it("moves a table's boxes, which are of the whole picture, into the part that is kept", async () => {
    put("benign/IM1.dcm", clinicPicture({ patient: "A" }));
    put("benign/IM2.dcm", clinicPicture({ patient: "B" }));
    put("table.csv", "image,x,y,width,height\nIM1.dcm,25,30,12,9\nIM2.dcm,80,90,5,5\n");
    await develop();
    const [head, first, second] = table().map((line) => line.split(","));
    const cell = (row: string[], name: string) => row[head!.indexOf(name)];
    deepEqual(
      ["x", "y", "width", "height"].map((name) => cell(first!, name)),
      ["15", "10", "12", "9"],
    );
    // The second lies outside of what is kept.
    deepEqual(
      ["x", "y", "width", "height"].map((name) => cell(second!, name)),
      ["", "", "", ""],
    );
  });

  it("finds rows by the patient's number where no column names images, and refuses rows that contradict each other", async () => {
    put("IM1", clinicPicture({ patient: "A" }));
    put("IM2", clinicPicture({ patient: "B" }));
    put("list.csv", "PatientID,label\n a ,benign\nB,malignant\n");
    await develop();
    deepEqual(
      table().map((row) => row.split(",")[2]),
      ["label", "benign", "malignant"],
    );
    put("list.csv", "PatientID,label\nA,benign\nA,malignant\nB,malignant\n");
    await rejects(
      developDicom(source(), join(folder.path, "other"), {}, { frames: 1, area: null, keyFile: keyFile() }),
      /list\.csv, row 2 and 1 more rows are of one patient, and say different things/,
    );
  });

  it("takes other pictures along, under the same pseudonyms", async () => {
    put("benign/IM1", clinicPicture({ patient: "A" }));
    writePicture(join(source(), "malignant", "x.png"), texture(1));
    put("images.csv", "image,patient\nIM1,A\nmalignant/x.png,A\n");
    await develop();
    const rows = table()
      .slice(1)
      .map((row) => row.split(","));
    deepEqual(
      rows.map(([image]) => image),
      ["benign/image1.png", "malignant/x.png"],
    );
    equal(rows[0]![1], rows[1]![1]);
  });

  it("refuses files whose patients cannot be told apart, and tells before it writes", async () => {
    for (let file = 0; file < 10; file++) put(`benign/${file}`, clinicPicture({ patient: "SAME" }));
    await rejects(develop(), /All 10 DICOM files, such as .*0, hold the same patient's number/);
    for (let file = 0; file < 10; file++) put(`benign/${file}`, clinicPicture({ patient: "ANON" }));
    await rejects(develop(), /0 and 9 more images hold no number that tells patients apart/);
    equal(existsSync(target()), false);
  });

  it("does nothing where there is no DICOM", async () => {
    put("benign/a.txt", "text");
    equal(await develop(), null);
    equal(existsSync(target()), false);
    equal(existsSync(keyFile()), false);
  });
});

describe("importSet of a folder with DICOM", () => {
  it("makes a set that can be loaded, tells before anything is copied, and leaves nothing else behind", async () => {
    put("benign/IM1", clinicPicture({ patient: "A" }));
    put("malignant/IM2", clinicPicture({ patient: "B", text: { left: 20, top: 30 } }));
    put("DICOMDIR", "a list");
    const root = join(folder.path, "data");
    let told = "";
    const { found } = await importSet("clinic", [source()], root, {
      dicom: {
        keyFile: keyFile(),
        onLook: ({ images }) => {
          told = `${images.filter(({ texts }) => texts.length > 0).length} of ${images.length}`;
          equal(existsSync(join(root, "clinic", "images.csv")), false);
        },
      },
    });
    equal(told, "1 of 2");
    deepEqual(readdirSync(found).sort(), ["benign", "images.csv", "malignant", "sononas-set.json"]);
    const { records } = await loadDataSet("folder", { root: found, cacheFolder: null });
    deepEqual(
      records.map(({ label, pixelSize, side, age }) => [label, pixelSize, side, age]),
      [
        ["benign", 0.2, "right", 52],
        ["malignant", 0.2, "right", 52],
      ],
    );
    equal(new Set(records.map(({ patient }) => patient)).size, 2);
  });

  it("takes along what a link within the folder leads to", async () => {
    put("benign/IM1", clinicPicture({ patient: "A" }));
    writePicture(join(source(), "malignant", "x.png"), texture(1));
    symlinkSync("x.png", join(source(), "malignant", "y.png"));
    put("images.csv", "image,patient\nIM1,A\nmalignant/x.png,B\nmalignant/y.png,C\n");
    const { found } = await importSet("clinic", [source()], join(folder.path, "data"), {
      dicom: { keyFile: keyFile() },
    });
    equal(lstatSync(join(found, "malignant", "y.png")).isFile(), true);
    deepEqual(readFileSync(join(found, "malignant", "y.png")), readFileSync(join(source(), "malignant", "x.png")));
  });

  it("leaves nothing behind where a file is damaged", async () => {
    put("benign/IM1", clinicPicture({ patient: "A" }));
    put("malignant/IM2", clinicPicture({ patient: "B" }).subarray(0, 4000));
    const root = join(folder.path, "data");
    await rejects(
      importSet("clinic", [source()], root, { dicom: { keyFile: keyFile() } }),
      /IM2 cannot be read as DICOM/,
    );
    equal(existsSync(join(root, "clinic")), false);
  });
});
