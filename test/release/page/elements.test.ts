import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";

import { sentenceOf } from "../../../lib/release/page/elements";
import { writePage } from "../../../lib/release/page/write-page";
import { Problem } from "../../../lib/runtime/problem";
import { temporaryFolder } from "../../helpers/temporary";
import { browserOfGroup } from "./open-page";

describe("sentenceOf(error)", () => {
  it("is a problem's own sentence, and one for whatever else was thrown", () => {
    equal(sentenceOf(new Problem("It is cut off.", "Copy it again.")), "It is cut off. Copy it again.");
    match(
      sentenceOf(new RangeError("Array buffer allocation failed")),
      /did not work: Array.*too large for this device/,
    );
    match(sentenceOf(new DOMException("gone", "NotFoundError")), /it is a folder, was moved/);
    equal(sentenceOf("text"), "That did not work: text.");
  });
});

describe("the elements of a page", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const open = browserOfGroup();

  it("hold names of files as text, are reached by the keyboard, and say what they are", async () => {
    await writePage(join(folder.path, "boxes.html"), null);
    const { page, complaints, close } = await open(join(folder.path, "boxes.html"));
    const name = '<img src=x onerror="document.title=1">.png';
    await page
      .locator("input[type=file]")
      .nth(1)
      .setInputFiles({ name, mimeType: "image/png", buffer: Buffer.from("no") });
    await page.locator(".message", { hasText: "expected an image" }).waitFor();
    equal(await page.locator("h2").first().innerText(), name);
    equal(await page.locator("img").count(), 0);
    const seen: string[] = [];
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press("Tab");
      seen.push(await page.evaluate(() => document.activeElement!.textContent));
    }
    deepEqual(seen.slice(0, 3), ["Open a folder", "Choose images", "Carry on from an images.csv"]);
    const names = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, select, input:not(.hidden), canvas[tabindex]")].map((one) =>
        [one.textContent, one.getAttribute("aria-label"), one.closest("label")?.textContent].join("").trim(),
      ),
    );
    equal(names.includes(""), false, names.join("; "));
    deepEqual(complaints, []);
    await close();
  });
});
