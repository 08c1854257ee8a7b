import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadRelease } from "../../../lib/release/load-release";
import { writePage } from "../../../lib/release/page/write-page";
import { releaseModel } from "../../../lib/release/release-model";
import { temporaryFolder } from "../../helpers/temporary";
import { exampleContents } from "../example";
import { browserOfGroup, giveFile } from "./open-page";
import { phantomPicture, writeMixedPictures } from "../trained";

describe("what a page runs", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const open = browserOfGroup();
  const at = (name: string) => join(folder.path, name);
  const release = async () => {
    const contents = exampleContents();
    await releaseModel(at("release"), contents);
    contents.weights.dispose();
    const loaded = await loadRelease(at("release"));
    await loaded.toPage(at("page.html"));
    loaded.dispose();
    return readFileSync(at("page.html"), "utf8");
  };

  it("shows a sentence where the page is damaged: its network, its data, its script, or where scripts are off", async () => {
    const html = await release();
    const weights = html.indexOf('id="weights">') + 20;
    const damaged = {
      network: html.slice(0, weights) + (html[weights] === "A" ? "B" : "A") + html.slice(weights + 1),
      data: html.replace('"threshold":0.37', '"threshold":0.87'),
      script: html.replace("<script>", "<script>0;"),
      cut: html.slice(0, html.indexOf('id="weights">') + 100),
    };
    for (const [name, page] of Object.entries(damaged)) {
      writeFileSync(at(`${name}.html`), page);
      const { page: shown, close } = await open(at(`${name}.html`));
      const sentence = await shown.locator("main").innerText();
      match(sentence, /^(The page is not as it was written\. It is damaged|The page does not run: scripts)/, name);
      equal(await shown.locator("#view-0").count(), 0, name);
      await close();
    }
  });

  it("judges no JPEG where the browser changes what pages see of pictures, but PNG still", async () => {
    await release();
    const [jpeg, png] = ["x-gray.jpg", "x-gray.png"];
    await writeMixedPictures(folder.path, phantomPicture(120), "x");
    const { page, close } = await open(at("page.html"));
    // As browsers do that protect their users from being recognised.
    await page.addInitScript(() => {
      CanvasRenderingContext2D.prototype.getImageData = (_left, _top, width, height) => {
        const image = new ImageData(width, height);
        crypto.getRandomValues(image.data.subarray(0, 60_000));
        return image;
      };
    });
    await page.reload();
    await page.waitForSelector("html[data-page=ready]");
    await giveFile(page, at(jpeg));
    await page.locator(".message", { hasText: "changes the pictures that a page looks at" }).waitFor();
    await giveFile(page, at(png));
    await page.locator("#view-0 .result", { hasText: "Draw a box" }).waitFor();
    await close();
  });

  it("changes between its views by tabs, and has none where there is one view", async () => {
    await release();
    const both = await open(at("page.html"));
    const tabs = both.page.getByRole("tab");
    deepEqual(await tabs.allInnerTexts(), ["Try the network", "Draw boxes for a set"]);
    await tabs.nth(1).click();
    deepEqual(
      [await tabs.nth(1).getAttribute("aria-selected"), await both.page.locator("#view-0").isVisible()],
      ["true", false],
    );
    await both.close();
    await writePage(at("boxes.html"), null);
    const one = await open(at("boxes.html"));
    equal(await one.page.getByRole("tab").count(), 0);
    equal(await one.page.getByRole("button", { name: "Open a folder" }).isVisible(), true);
    await one.close();
  });
});
