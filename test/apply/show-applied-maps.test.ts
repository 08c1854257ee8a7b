import { equal, match, throws } from "node:assert/strict";
import { join } from "node:path";

import { rowOf } from "../../lib/apply/applied-row";
import { showAppliedMaps } from "../../lib/apply/show-applied-maps";
import { captureBundles } from "../helpers/capture";
import { texture, writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";

describe("showAppliedMaps(applied, options)", () => {
  const folder = temporaryFolder();
  const shown = captureBundles();
  const row = (file: string, probability: number) =>
    rowOf(file, { fate: "predicted", probability, label: "benign", heatMap: `heat-maps/${file}.png`, largest: 0.5 });

  it("shows the likeliest malignant first, and no more than were asked for", () => {
    for (const name of ["a", "b", "c"]) writePicture(join(folder.path, "heat-maps", `${name}.png`), texture(3));
    const rows = [row("a", 0.1), row("b", 0.9), row("c", 0.5), rowOf("d", { fate: "refused" })];
    showAppliedMaps({ folder: folder.path, rows }, { count: 2 });
    const page = shown.last()["text/html"] as string;
    equal(page.match(/data:image\/png;base64,/g)!.length, 2);
    match(page, /b: P\(malignant\) 0\.90.*c: P\(malignant\) 0\.50/s);
    match(shown.last()["text/plain"], /largest value, in log-odds/);
  });

  it("says which heat map is gone, and refuses a wrong option", () => {
    throws(() => {
      showAppliedMaps({ folder: folder.path, rows: [row("a", 0.1)] });
    }, /a\.png/);
    throws(() => {
      showAppliedMaps({ folder: folder.path, rows: [] }, { count: 0 });
    }, /count/);
  });
});
