import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { encode } from "fast-png";

import { loadRelease, type LoadedRelease } from "../../../lib/release/load-release";
import { releaseModel, type ReleaseContents } from "../../../lib/release/release-model";
import { pictureElements, writeDicom } from "../../helpers/dicom";
import type { TrainedSegmentation } from "../../../lib/segment/train-segmentation";
import { lastingFolder } from "../../helpers/temporary";
import { learnedSegmentation, makeBlind } from "../../segment/helpers";
import { finderOf, phantomPicture, trainedContents, writeMixedPictures } from "../trained";
import { browserOfGroup, giveFile, probabilityOn, type OpenPage } from "./open-page";

const box = { left: 120, top: 80, width: 90, height: 70 };

/** A picture whose header claims more than any memory holds. */
function hugePng(): Buffer {
  const bytes = Buffer.from(encode({ width: 8, height: 8, channels: 1, depth: 8, data: new Uint8Array(64) }));
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  return bytes;
}

async function writeBox(page: OpenPage["page"]): Promise<void> {
  for (const [side, value] of Object.entries(box)) {
    const field = page.locator(`#view-0 input[name=${side}]`);
    await field.fill(String(value));
    await field.dispatchEvent("change");
  }
}

describe("the page of a released network", function () {
  this.timeout(180_000);
  const open = browserOfGroup();
  let [folder, release]: [string, LoadedRelease | null] = ["", null];
  let contents: ReleaseContents | null = null;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sononas-page-"));
    contents = await trainedContents();
    await releaseModel(join(folder, "release"), contents);
    release = await loadRelease(join(folder, "release"));
    ok((await release.toPage(join(folder, "page.html"))) < 4_000_000);
  });
  after(() => {
    release?.dispose();
    contents?.weights.dispose();
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  it("says what the library says in Node, of a mixed set of pictures, and asks for nothing", async () => {
    const pictures = await writeMixedPictures(folder, phantomPicture(301), "phantom");
    const { page, requests, complaints, close } = await open(join(folder, "page.html"));
    for (const picture of pictures) {
      await giveFile(page, join(folder, picture));
      await page.locator(".name", { hasText: picture }).first().waitFor();
      await writeBox(page);
      const { probability } = await release!.predict(join(folder, picture), { box });
      const shown = await probabilityOn(page);
      ok(shown !== null && Math.abs(shown - probability) < 1e-3, `${picture}: ${shown} there, ${probability} here`);
    }
    deepEqual([requests, complaints], [[], []]);
    await close();
  });

  it("says the same of DICOM, frame by frame, as the library does of the frame that was cut out", async () => {
    const tissue = phantomPicture(200);
    const levels = Uint8Array.from(tissue.pixels, (level) => Math.round(Math.min(1, Math.max(0, level)) * 255));
    const darker = levels.map((level) => Math.round(level * 0.8));
    const elements = pictureElements(200, 200, Buffer.concat([levels, darker]), { "0028,0008": ["IS", "2"] });
    const { page, close } = await open(join(folder, "page.html"));
    await giveFile(page, { name: "loop", mimeType: "", buffer: writeDicom(elements) });
    await page.locator(".name", { hasText: "loop" }).first().waitFor();
    await writeBox(page);
    for (const [frame, own] of [darker, levels].entries()) {
      const slider = page.locator("#view-0 .left input[type=range]");
      await slider.fill(String(1 - frame));
      await page.locator("output", { hasText: `${2 - frame} of 2` }).waitFor();
      const picture = { ...tissue, pixels: Float32Array.from(own, (level) => level / 255) };
      const { probability } = await release!.predict(picture, { box });
      const shown = Number(await page.locator("#view-0").getAttribute("data-probability"));
      ok(Math.abs(shown - probability) < 1e-5, `frame ${frame}: ${shown} there, ${probability} here`);
    }
    await page.locator(".warnings", { hasText: "does not say where in it the tissue is" }).waitFor();
    await close();
  });

  it("is ready within three seconds, predicts within 150 ms, and fits a telephone", async () => {
    const firsts: number[] = [];
    for (const width of [390, 1024, 1440]) {
      const started = performance.now();
      const { page, close } = await open(join(folder, "page.html"), width);
      await giveFile(page, join(folder, "phantom-gray.png"));
      await page.locator("canvas.picture").first().waitFor();
      await writeBox(page);
      await page.locator(".probability").waitFor();
      firsts.push(performance.now() - started);
      // The network judges before the key is done.
      const milliseconds = await page
        .locator("canvas.picture")
        .first()
        .evaluate((canvas) =>
          Array.from({ length: 5 }, () => {
            const before = performance.now();
            canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
            return performance.now() - before;
          }),
        );
      ok(Math.min(...milliseconds) < 150, milliseconds.join(", "));
      equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await close();
    }
    // Other work on the machine makes some of them longer.
    ok(Math.min(...firsts) < 3000, `${firsts.join(", ")} ms to the first prediction`);
  });

  it("says in a sentence what is wrong, and shows no probability of an image before", async () => {
    const { page, requests, complaints, close } = await open(join(folder, "page.html"));
    const message = page.locator("#view-0 .message");
    await giveFile(page, join(folder, "phantom-gray.png"));
    await page.locator("#view-0 .result", { hasText: "Draw a box around the lesion" }).waitFor();
    equal(await probabilityOn(page), null);
    await writeBox(page);
    ok((await probabilityOn(page)) !== null);
    for (const [name, buffer, pattern] of [
      [
        "note.txt",
        Buffer.from("no image"),
        /note\.txt is none of them, expected an image: PNG, JPEG, BMP, WebP or DICOM/,
      ],
      ["empty.png", Buffer.alloc(0), /empty\.png is empty/],
      ["cut.jpg", readFileSync(join(folder, "phantom-gray.jpg")).subarray(0, 200), /cut\.jpg cannot be decoded/],
      ["huge.png", hugePng(), /huge\.png has 60000 × 60000 pixels, more than/],
    ] as const) {
      await giveFile(page, { name, mimeType: "", buffer });
      await message.filter({ hasText: name }).filter({ hasNotText: "Reading" }).waitFor();
      match(await message.innerText(), pattern);
      equal(await probabilityOn(page), null, name);
    }
    await giveFile(page, join(folder, "phantom-colour.png"));
    await page.locator(".name", { hasText: "colour" }).waitFor();
    await writeBox(page);
    await page.locator(".warnings", { hasText: "100 % of the picture is coloured" }).waitFor();
    deepEqual([requests, complaints], [[], []]);
    await close();
  });

  it("takes what is dropped or pasted anywhere, and what is no file is told of", async () => {
    const { page, close } = await open(join(folder, "page.html"));
    const bytes = readFileSync(join(folder, "phantom-gray.png")).toString("base64");
    for (const kind of ["drop", "paste"]) {
      await page.evaluate(
        ([how, text]) => {
          const given = new DataTransfer();
          const letters = Uint8Array.from(atob(text!), (letter) => letter.charCodeAt(0));
          given.items.add(new File([letters], `${how!}.png`, { type: "image/png" }));
          const event =
            how === "drop"
              ? new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true })
              : new ClipboardEvent("paste", { clipboardData: given, bubbles: true });
          document.body.dispatchEvent(event);
        },
        [kind, bytes],
      );
      await page.locator(".name", { hasText: `${kind}.png` }).waitFor();
    }
    await page.evaluate(() =>
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: new DataTransfer(), bubbles: true })),
    );
    await page.locator(".message", { hasText: "There was no image in that" }).waitFor();
    await close();
  });

  it("lays the heat map over the picture as strongly as the slider says", async () => {
    const { page, close } = await open(join(folder, "page.html"));
    await giveFile(page, join(folder, "phantom-gray.png"));
    await page.locator("canvas.picture").first().waitFor();
    await writeBox(page);
    const colored = () =>
      page
        .locator("canvas.picture")
        .first()
        .evaluate((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
          return data.filter((level, place) => place % 4 === 0 && Math.abs(level - data[place + 2]!) > 20).length;
        });
    const slider = page.locator(".map input[type=range]");
    const counts: number[] = [];
    for (const strength of ["0", "90"]) {
      await slider.fill(strength);
      counts.push(await colored());
    }
    ok(counts[0]! < 2000 && counts[1]! > 2 * counts[0]! + 500, counts.join(", "));
    await close();
  });

  it("asks how long a pixel is where the network looks at millimetres, and says what the library says", async () => {
    const region = { kind: "window", side: 30 } as const;
    const preparation = { ...contents!.preparation, region, match: [0, 0.4, 1] };
    await releaseModel(join(folder, "window"), { ...contents!, preparation });
    const window = await loadRelease(join(folder, "window"));
    await window.toPage(join(folder, "window.html"));
    const { page, complaints, close } = await open(join(folder, "window.html"), 390);
    await giveFile(page, join(folder, "phantom-gray.png"));
    await page.locator("canvas.picture").first().waitFor();
    await writeBox(page);
    await page.locator(".result", { hasText: "Say how long a pixel is" }).waitFor();
    const field = page.locator("label.slider input[type=number]");
    await field.fill("40");
    await page.locator(".result", { hasText: "from 0.001 to 10" }).waitFor();
    await field.fill("0.15");
    await page.locator(".probability").waitFor();
    const { probability } = await window.predict(join(folder, "phantom-gray.png"), { box, pixelSize: 0.15 });
    const shown = await probabilityOn(page);
    ok(shown !== null && Math.abs(shown - probability) < 1e-3, `${shown} there, ${probability} here`);
    deepEqual(complaints, []);
    window.dispose();
    await close();
  });

  it("asks other networks too, and says whether they agree", async () => {
    const others: LoadedRelease[] = [];
    for (const [name, threshold] of [
      ["second", 0.01],
      ["third", 0.99],
    ] as const) {
      await releaseModel(join(folder, name), { ...contents!, threshold, temperature: 3 });
      others.push(await loadRelease(join(folder, name)));
    }
    await release!.toPage(join(folder, "three.html"), others);
    const { page, close } = await open(join(folder, "three.html"));
    await giveFile(page, join(folder, "phantom-gray.png"));
    await page.locator("canvas.picture").first().waitFor();
    await writeBox(page);
    const said = await Promise.all(
      [release!, ...others].map((one) => one.predict(join(folder, "phantom-gray.png"), { box })),
    );
    const [lowest, highest] = [Math.min, Math.max].map(
      (of) => `${(100 * of(...said.map((one) => one.probability))).toFixed(1)} %`,
    );
    const own = said.filter(({ label }) => label === said[0]!.label).length;
    equal(
      await page.locator(".agreement").innerText(),
      `${own} of 3 networks call it ${said[0]!.label}, each by its own threshold; their probabilities reach from ${lowest} to ${highest}. They do not agree: the result is unsure.`,
    );
    await close();
    for (const other of others) other.dispose();
  });
});

describe("the page of a released network with a finder", function () {
  this.timeout(180_000);
  const open = browserOfGroup();
  const folder = lastingFolder();
  let release: LoadedRelease;
  let network: TrainedSegmentation;
  let contents: ReleaseContents;
  const place = (name: string) => join(folder.path, name);
  before(async () => {
    network = await learnedSegmentation(place("learned"));
    contents = await trainedContents();
    await releaseModel(place("release"), { ...contents, finder: finderOf(network) });
    release = await loadRelease(place("release"));
    await release.toPage(place("page.html"));
    await writeMixedPictures(folder.path, phantomPicture(151), "phantom");
  });
  after(() => {
    release.dispose();
    network.weights.dispose();
    contents.weights.dispose();
  });
  const said = async (page: OpenPage["page"]) =>
    Number(await page.locator("#view-0[data-probability]").getAttribute("data-probability"));
  const blueOn = (page: OpenPage["page"]) =>
    page
      .locator("canvas.picture")
      .first()
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
        return data.filter(
          (level, at) => at % 4 === 0 && level === 0x56 && data[at + 1] === 0xb4 && data[at + 2] === 0xe9,
        ).length;
      });

  it("finds the lesion and predicts as the library does, draws the outline, and gives way to a box", async () => {
    const { page, requests, complaints, close } = await open(place("page.html"));
    for (const name of ["phantom-gray.png", "phantom-odd.png", "phantom-colour.jpg"]) {
      await giveFile(page, place(name));
      await page.locator(".name", { hasText: name }).waitFor();
      const { probability, outline, warnings } = await release.predict(place(name));
      ok(Math.abs((await said(page)) - probability) < 1e-3, name);
      await page.locator(".found", { hasText: `Dice coefficient of ${outline!.expectedDice.toFixed(2)}` }).waitFor();
      for (const warning of warnings) await page.locator(".warnings", { hasText: warning }).waitFor();
      ok((await blueOn(page)) > 100, "the outline is drawn");
    }
    await giveFile(page, place("phantom-gray.png"));
    await page.locator(".name", { hasText: "gray" }).waitFor();
    const found = await said(page);
    const drawn = { left: 30, top: 20, width: 60, height: 50 };
    for (const [side, value] of Object.entries(drawn)) {
      const field = page.locator(`#view-0 input[name=${side}]`);
      await field.fill(String(value));
      await field.dispatchEvent("change");
    }
    const { probability } = await release.predict(place("phantom-gray.png"), { box: drawn });
    ok(Math.abs((await said(page)) - probability) < 1e-5);
    equal(await blueOn(page), 0);
    await page.locator("button", { hasText: "Take the lesion that is found" }).click();
    await page.locator(".found").waitFor();
    ok(Math.abs((await said(page)) - found) < 1e-9);
    // The browser's advice on how this test reads the canvas is none.
    deepEqual([requests, complaints.filter((one) => !one.startsWith("Canvas2D"))], [[], []]);
    await close();
  });

  it("says where nothing is found, and takes a box then", async () => {
    makeBlind(network);
    await releaseModel(place("blind"), { ...contents, finder: finderOf(network) });
    const blind = await loadRelease(place("blind"));
    await blind.toPage(place("blind.html"));
    blind.dispose();
    const { page, close } = await open(place("blind.html"));
    await giveFile(page, place("phantom-gray.png"));
    await page.locator(".found", { hasText: "No lesion was found in this picture" }).waitFor();
    equal(await page.locator("#view-0").getAttribute("data-probability"), null);
    await writeBox(page);
    ok((await said(page)) > 0);
    await close();
  });
});
