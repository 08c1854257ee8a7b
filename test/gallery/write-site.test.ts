import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { writeSite } from "../../lib/gallery/write-site";
import { temporaryFolder } from "../helpers/temporary";
import { browserOfGroup } from "../release/page/open-page";
import { filledStudy } from "../study/helpers";
import { fillForSite } from "./helpers";

describe("writeSite(study, folder)", function () {
  this.timeout(300_000);
  const made = filledStudy();
  const folder = temporaryFolder();
  const open = browserOfGroup();

  it("writes static files whose first page leads to all others, and which ask for nothing", async () => {
    const path = await fillForSite(made.study);
    writeFileSync(made.study.path("report.html"), "<!DOCTYPE html><title>Report</title><p>report</p>");
    const target = join(folder.path, "site");
    const { links, missing } = await writeSite(path, target);
    deepEqual(
      [links.map(({ file }) => file), missing],
      [["try.html", "card.html", "onnx/model.onnx", "report.html"], []],
    );
    deepEqual(readdirSync(target).sort(), ["card.html", "index.html", "onnx", "report.html", "try.html"]);
    equal(readFileSync(join(target, "report.html"), "utf8"), readFileSync(made.study.path("report.html"), "utf8"));
    const { page, requests, complaints, close } = await open(join(target, "index.html"), 390);
    equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    equal(await page.locator(".networks img").evaluate((image) => (image as HTMLImageElement).naturalWidth > 50), true);
    equal(await page.locator("table tbody tr").count(), 4);
    deepEqual([requests, complaints], [[], []]);
    for (const [text, title] of [
      ["Try it", /Example 1\.0\.0/],
      ["Model card", /Example 1\.0\.0/],
      ["Report", /Report/],
    ] as const) {
      await page.getByRole("link", { name: text }).click();
      await page.waitForFunction(() => document.title !== "" && !location.href.endsWith("index.html"));
      match(await page.title(), title);
      await page.goBack();
      await page.waitForFunction(() => location.href.endsWith("index.html"));
    }
    await close();
  });

  it("leaves nothing behind where the release is damaged, and what is in a folder as it is", async () => {
    const path = await fillForSite(made.study);
    mkdirSync(join(folder.path, "full"));
    writeFileSync(join(folder.path, "full", "mine.txt"), "mine");
    await rejects(writeSite(path, join(folder.path, "full")), /is there already, with "mine\.txt" in it/);
    writeFileSync(made.study.path("release", "weights.bin"), "cut");
    await rejects(writeSite(path, join(folder.path, "site")), /do not belong together/);
    equal(existsSync(join(folder.path, "site")), false);
    deepEqual(readdirSync(folder.path), ["full"]);
  });
});
