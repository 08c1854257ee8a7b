import { deepEqual, equal, rejects } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { printPdf } from "../../lib/files/print-pdf";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { skip } from "../helpers/skip";
import { temporaryFolder } from "../helpers/temporary";

describe("printPdf(file, html)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it("prints a page in the size that its style says, and leaves nothing else", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    await printPdf(join(folder.path, "a.pdf"), "<style>@page{size:400px 200px;margin:0}</style><p>One page</p>");
    deepEqual(readdirSync(folder.path), ["a.pdf"]);
    const text = readFileSync(join(folder.path, "a.pdf"), "latin1");
    equal(/\/MediaBox \[0 0 300 150(\.\d+)?\]/.test(text), true);
  });

  it("says that the Chromium that is named is not there", async () => {
    const before = process.env.SONONAS_BROWSER;
    process.env.SONONAS_BROWSER = "/nowhere/chromium";
    try {
      await rejects(
        printPdf(join(folder.path, "b.pdf"), "<p>"),
        /SONONAS_BROWSER names \/nowhere\/chromium, which is not there/,
      );
    } finally {
      if (before === undefined) delete process.env.SONONAS_BROWSER;
      else process.env.SONONAS_BROWSER = before;
    }
  });
});
