import { equal, match, ok } from "node:assert/strict";
import { join } from "node:path";

import { showMontage, showRecords, tile } from "../../../lib/data/audit/montage";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { classStyles } from "../../../lib/display/colors";
import { createRandom } from "../../../lib/runtime/random";
import { captureBundles } from "../../helpers/capture";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("showMontage(records, options)", () => {
  const shown = captureBundles();

  it("shows images of each class, and says that phantoms are synthetic", async () => {
    const { records } = await makePhantomSet({ count: 20, size: 32, seed: 1 }).list("");
    await showMontage(records, { each: 3, random: createRandom(1) });
    const text = shown.last()["text/plain"];
    equal(text.split("\n").length, 6);
    equal(text.match(/ · benign, synthetic/g)?.length, 3);
    equal(text.match(/ · malignant, synthetic/g)?.length, 3);
  });

  it("shows named images", async () => {
    const { records } = await makePhantomSet({ count: 4, size: 32, seed: 1 }).list("");
    await showRecords(records.slice(1, 3), 2);
    match(shown.last()["text/plain"], /phantom-0002.*\n.*phantom-0003/);
  });
});

describe("tile(record, side)", () => {
  it("keeps the proportions and draws the outline where the lesion is, in the class's colour", async () => {
    const image = writePicture(join(folder.path, "a.png"), texture(1), { width: 200, height: 100 });
    const mask = writePicture(join(folder.path, "m.png"), rectangle(50, 20, 100, 60), { width: 200, height: 100 });
    const { width, height, lines, color, caption } = await tile(
      {
        id: "a",
        label: "malignant",
        birads: "5",
        image: { kind: "file", path: image },
        masks: [{ kind: "file", path: mask }],
      },
      100,
    );
    equal(`${width} ${height} ${color} ${caption}`, `100 50 ${classStyles.malignant.color} a · malignant, BI-RADS 5`);
    const at = (column: number, row: number) => lines!.pixels[row * 100 + column];
    equal([at(25, 25), at(50, 10), at(74, 25), at(50, 39)].join(""), "1111");
    equal([at(50, 25), at(10, 10), at(24, 25), at(75, 25)].join(""), "0000");
  });

  it("draws no outline where the mask does not fit, rather than a wrong one", async () => {
    const image = writePicture(join(folder.path, "a.png"), texture(1));
    const mask = writePicture(join(folder.path, "m.png"), rectangle(1, 1, 3, 3), { width: 20, height: 30 });
    const { lines } = await tile(
      { id: "a", label: "benign", image: { kind: "file", path: image }, masks: [{ kind: "file", path: mask }] },
      100,
    );
    ok(lines === undefined);
  });
});
