import { deepEqual, equal, match } from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { encode } from "fast-png";
import type { Page } from "playwright-core";

import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import { importSet } from "../../../lib/data/command/import-set";
import { loadDataSet } from "../../../lib/data/sets/load";
import { writePage } from "../../../lib/release/page/write-page";
import { createRandom } from "../../../lib/runtime/random";
import { temporaryFolder } from "../../helpers/temporary";
import { clinicPicture } from "../../helpers/dicom-picture";
import { browserOfGroup } from "./open-page";

describe("the view that draws boxes for a set", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const open = browserOfGroup();
  const at = (...names: string[]) => join(folder.path, ...names);
  const phantoms = generatePhantoms({ count: 20, size: 96, random: createRandom(4) });

  /** Writes phantoms as a hospital could hand them over: folders of patients, and what else lies among images. */
  function writeSet(): void {
    for (const [index, { pixels, patient }] of phantoms.entries()) {
      const data = Uint8Array.from(pixels, (level) => Math.round(Math.min(1, Math.max(0, level)) * 255));
      mkdirSync(at("scans", patient), { recursive: true });
      writeFileSync(
        at("scans", patient, `${index + 1}.png`),
        encode({ data, width: 96, height: 96, channels: 1, depth: 8 }),
      );
    }
    writeFileSync(at("scans", "note.txt"), "Computed images.");
    writeFileSync(at("scans", ".DS_Store"), "");
  }

  async function openFolder(page: Page): Promise<void> {
    await page.locator("input[webkitdirectory]").setInputFiles(at("scans"));
    await page.locator("canvas.picture").waitFor();
  }

  async function download(page: Page): Promise<string> {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Write images.csv" }).click(),
    ]);
    equal(file.suggestedFilename(), "images.csv");
    return readFileSync(await file.path(), "utf8");
  }

  it("boxes twenty phantoms by mouse and keys, carries on where it was left, and the import reads what comes out", async () => {
    writeSet();
    await writePage(at("boxes.html"), null);
    const { page, requests, complaints, close } = await open(at("boxes.html"));
    await openFolder(page);
    equal((await page.locator("select option[value]").count()) - 2, 0);
    const drawn = new Map<string, readonly number[]>();
    const draw = async () => {
      const name = await page.locator("h2.name").innerText();
      const { box, label } = phantoms[parseInt(name.split("/")[1]!) - 1]!;
      const canvas = page.locator("canvas.picture");
      const bounds = (await canvas.boundingBox())!;
      const scale = bounds.width / 96;
      await page.mouse.move(bounds.x + box.left * scale, bounds.y + box.top * scale);
      await page.mouse.down();
      await page.mouse.move(bounds.x + (box.left + box.width) * scale, bounds.y + (box.top + box.height) * scale, {
        steps: 2,
      });
      await page.mouse.up();
      // Keys work wherever the focus is.
      await page.evaluate(() => {
        (document.activeElement as HTMLElement).blur();
      });
      await page.keyboard.press(label === "benign" ? "b" : "m");
      drawn.set(name, [box.left, box.top, box.width, box.height]);
      return name;
    };
    for (let index = 0; index < 12; index++) {
      const name = await draw();
      await page.keyboard.press("n");
      await page.waitForFunction((before) => document.querySelector("h2.name")!.textContent !== before, name);
      await page.locator("canvas.picture").waitFor();
    }
    // The page is closed and opened again: what was drawn is still there.
    page.on("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await page.waitForSelector("html[data-page=ready]");
    await openFolder(page);
    match(await page.locator(".counted").innerText(), /^12 of 20 images have a box, 12 a class\.$/);
    for (let index = 0; index < 8; index++) {
      const name = await draw();
      if (index === 7) break;
      await page.keyboard.press("PageDown");
      await page.waitForFunction((before) => document.querySelector("h2.name")!.textContent !== before, name);
      await page.locator("canvas.picture").waitFor();
    }
    const table = await download(page);
    deepEqual([requests, complaints], [[], []]);
    await close();

    equal(table.trim().split("\n").length, 21);
    equal(table.split("\n")[0], "image,label,x,y,width,height");
    for (const [name, box] of drawn) {
      const row = table.split("\n").find((line) => line.startsWith(`${name},`))!;
      deepEqual(row.split(",").slice(2).map(Number), box, name);
    }
    writeFileSync(at("scans", "images.csv"), table);
    await importSet("boxed", [at("scans")], at("data"), { said: { leaveOut: ["*.txt"] } });
    const { records } = await loadDataSet("boxed", { root: at("data"), cacheFolder: null });
    equal(records.length, 20);
    for (const { id, label, box } of records) {
      const { box: own, label: known } = phantoms[parseInt(id.split("/").at(-1)!) - 1]!;
      deepEqual([label, box], [known, own], id);
    }
  });

  it("carries on from an images.csv, and tells of images that are not there", async () => {
    writeSet();
    const [first] = readdirSync(at("scans", phantoms[0]!.patient));
    copyFileSync(at("scans", phantoms[0]!.patient, first!), at("a.png"));
    writeFileSync(at("images.csv"), "image,label,x,y,width,height\na.png,malignant,5,6,30,20\nb.png,benign,1,2,3,4\n");
    await writePage(at("boxes.html"), null);
    const { page, close } = await open(at("boxes.html"));
    await page
      .locator("input[type=file]")
      .nth(1)
      .setInputFiles([at("a.png"), at("images.csv")]);
    await page.locator("canvas.picture").waitFor();
    const numbers = page.locator(".numbers input");
    deepEqual(await numbers.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)), [
      "5",
      "6",
      "30",
      "20",
    ]);
    await page.getByRole("button", { name: "Next (N)" }).click();
    await page.locator(".message", { hasText: "b.png is in images.csv, and not among the images" }).waitFor();
    await page.getByRole("button", { name: "Before (P)" }).click();
    await page.locator("canvas.picture").waitFor();
    await page.getByLabel("Patient").fill("7");
    await page.getByLabel("Shape").selectOption("ellipse");
    equal(
      await download(page),
      "image,patient,label,x,y,width,height\na.png,7,malignant,5,6,30,20\nb.png,,benign,1,2,3,4\n",
    );
    await page
      .locator("input[type=file]")
      .nth(2)
      .setInputFiles({ name: "x.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") });
    await page.locator(".message", { hasText: "This is no images.csv" }).waitFor();
    await close();
  });

  it("writes the box of DICOM in pixels of the whole picture, and keeps nothing of a browser that keeps nothing", async () => {
    await writePage(at("boxes.html"), null);
    const { page, close } = await open(at("boxes.html"));
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, "localStorage", {
        get: () => {
          throw new Error("no");
        },
      });
    });
    await page.reload();
    await page.waitForSelector("html[data-page=ready]");
    await page
      .locator("input[type=file]")
      .nth(1)
      .setInputFiles({ name: "scan", mimeType: "", buffer: clinicPicture() });
    await page.locator("canvas.picture").waitFor();
    for (const [side, value] of Object.entries({ left: "3", top: "4", width: "20", height: "10" })) {
      await page.locator(`.numbers input[name=${side}]`).fill(value);
      await page.locator(`.numbers input[name=${side}]`).dispatchEvent("change");
    }
    await page.locator(".message", { hasText: "This browser keeps nothing for pages from the disk" }).waitFor();
    equal(await download(page), "image,x,y,width,height\nscan,13,24,20,10\n");
    await close();
  });
});
