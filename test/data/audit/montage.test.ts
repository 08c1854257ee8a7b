import { equal, ok } from "node:assert/strict";
import { join } from "node:path";

import { showAlike, showMontage, tile } from "../../../lib/data/audit/montage";
import type { ImageRecord } from "../../../lib/data/records/record";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { classStyles } from "../../../lib/display/colors";
import { createRandom } from "../../../lib/runtime/random";
import { captureBundles } from "../../helpers/capture";
import { drawText } from "../../helpers/letters";
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

  it("shows only images into which text is burned, where that is asked for", async () => {
    const { records } = await makePhantomSet({ count: 6, size: 32, seed: 1 }).list("");
    await showMontage(records, { texts: true });
    equal(
      shown.last()["text/plain"],
      "No text was found in the images. Letters that are small, faint or alone are missed.",
    );
    const dots = new Uint8Array(100 * 60).fill(20);
    drawText(dots, 100, 30, 20);
    const path = writePicture(join(folder.path, "text.png"), (column, row) => dots[row * 100 + column]!, {
      width: 100,
      height: 60,
    });
    const own: ImageRecord = { id: "a", image: { kind: "file", path }, masks: [], label: "benign" };
    await showMontage([...records, own], { texts: true });
    equal(shown.last()["text/plain"].split("\n").length, 1);
    ok(shown.last()["text/plain"].includes("a · benign"));
  });

  it("shows pairs that look alike, those with different labels first, and says where there are none", async () => {
    const { records } = await makePhantomSet({ count: 20, size: 32, seed: 1 }).list("");
    const [benign, other] = records.filter(({ label }) => label === "benign");
    const malignant = records.find(({ label }) => label === "malignant")!;
    const pair = (first: string, second: string) => ({
      first,
      second,
      identical: false,
      correlation: 1,
      difference: 0,
    });
    const pairs = [pair(benign!.id, other!.id), pair(benign!.id, malignant.id)];
    await showAlike({ records, pairs });
    const shownIds = [...shown.last()["text/plain"].matchAll(/phantom-\d+/g)].map(([id]) => id);
    equal(shownIds.join(), [benign!.id, malignant.id, benign!.id, other!.id].join());
    await showAlike({ records, pairs: [] });
    equal(shown.last()["text/plain"], "No two images look alike.");
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
    const [line] = [lines!].flat();
    const at = (column: number, row: number) => line!.pixels[row * 100 + column];
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
