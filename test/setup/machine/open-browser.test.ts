import { equal, match } from "node:assert/strict";

import { findBrowser } from "../../../setup/machine/find-browser.cjs";
import { noBrowser, openBrowser } from "../../../setup/machine/open-browser.cjs";
import { skip } from "../../helpers/skip";

describe("openBrowser()", () => {
  const before = process.env.SONONAS_BROWSER;
  afterEach(() => {
    if (before === undefined) delete process.env.SONONAS_BROWSER;
    else process.env.SONONAS_BROWSER = before;
  });

  it("gives none where none is installed, of which there is something to tell", async () => {
    process.env.SONONAS_BROWSER = "no-such-browser";
    equal(await openBrowser(), null);
    match(noBrowser(), /SONONAS_BROWSER names no-such-browser, which is not there/);
    match(noBrowser({}), /No Chromium is installed.*apt install chromium/);
  });

  it("starts one that shows a page", async function () {
    this.timeout(60_000);
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const browser = (await openBrowser())!;
    const page = await browser.newPage();
    await page.setContent("<title>Page</title>");
    equal(await page.title(), "Page");
    await browser.close();
  });
});
