import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { join } from "node:path";

import { outlineColors } from "../../lib/display/colors";
import { encodeWithLines } from "../../lib/display/images";
import { Problem } from "../../lib/runtime/problem";
import { chooseOutlines, drawOutlines, showOutlines } from "../../lib/segment/show-outlines";
import { recordedPairs } from "../helpers/blobs";
import { captureBundles } from "../helpers/capture";
import { rectangle, writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";
import { phantomRecords, rowOf } from "./helpers";

const { found, expert } = recordedPairs[0]!;
const picture = { width: 40, height: 30, pixels: new Float32Array(1200).fill(0.5) };

describe("chooseOutlines(rows, each)", () => {
  it("takes the best, those around the median and the worst; of few all, the best first", () => {
    const rows = Array.from({ length: 11 }, (_, index) => rowOf(String(index), index / 10));
    deepEqual(
      chooseOutlines(rows, 1).map(({ id }) => id),
      ["10", "5", "0"],
    );
    deepEqual(
      chooseOutlines(rows, 3).map(({ id }) => id),
      ["10", "9", "8", "6", "5", "4", "2", "1", "0"],
    );
    equal(chooseOutlines(rows, 4).length, 11);
    deepEqual(
      chooseOutlines(rows, 3, "worst").map(({ id }) => id),
      ["0", "1", "2"],
    );
    throws(() => chooseOutlines([rowOf("a", 0.5, { agreement: null })], 1), Problem);
  });
});

describe("drawOutlines(picture, expert, found, side)", () => {
  it("draws both in their colours at the side that is asked for, the found one above", () => {
    const image = drawOutlines(picture, expert, found, 80);
    deepEqual([image.width, image.height], [80, 60]);
    const lines = [image.lines!].flat();
    deepEqual(
      lines.map(({ color }) => color),
      [outlineColors.expert, outlineColors.found],
    );
    ok(lines.every(({ pixels }) => pixels.some((one) => one === 1)));
    ok(encodeWithLines(image, lines).length > 100);
  });

  it("draws what is there", () => {
    equal([drawOutlines(picture, expert, null, 40).lines!].flat().length, 1);
    equal([drawOutlines(picture, null, null, 40).lines!].flat().length, 0);
  });
});

describe("showOutlines(records, outlines, options)", () => {
  const shown = captureBundles();
  const folder = temporaryFolder();

  it("shows each image with its Dice coefficient and that which the network expected, and says where nothing was found", async () => {
    const records = (await phantomRecords()).slice(0, 2);
    const path = writePicture(join(folder.path, "m.png"), rectangle(10, 10, 30, 30), { width: 64, height: 64 });
    const rows = [rowOf(records[0]!.id, 0.75), rowOf(records[1]!.id, 0)];
    const outlines = { rows, masks: new Map([[records[0]!.id, path]]) };
    await showOutlines(records, outlines);
    const text = shown.last()["text/plain"];
    ok(text.includes(`${records[0]!.id} · benign · Dice 0.75, expected 0.75`), text);
    ok(text.includes("nothing found"), text);
    await rejects(showOutlines(records.slice(1), outlines), Problem);
  });
});
