import { equal, match } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { drawNotebooks } from "../../lib/study/draw-notebooks";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { skip } from "../helpers/skip";
import { temporaryFolder } from "../helpers/temporary";

const figure = { data: [{ type: "bar", x: [1], y: [2] }], layout: { height: 200 } };
const executed = (data: object) =>
  JSON.stringify({ cells: [{ cell_type: "code", outputs: [{ data, metadata: {} }] }] });

describe("drawNotebooks(files)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const browser = process.env.SONONAS_BROWSER;
  afterEach(() => {
    if (browser === undefined) Reflect.deleteProperty(process.env, "SONONAS_BROWSER");
    else process.env.SONONAS_BROWSER = browser;
  });

  it("puts a picture beside every figure", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const file = join(folder.path, "a.ipynb");
    writeFileSync(file, executed({ "application/vnd.plotly.v1+json": figure, "text/plain": "Figure" }));
    equal(await drawNotebooks([file]), null);
    match(readFileSync(file, "utf8"), /"image\/png": "iVBOR/);
  });

  it("says what is missing, and leaves the notebooks as they were, where there is no browser", async () => {
    const file = join(folder.path, "b.ipynb");
    const text = executed({ "application/vnd.plotly.v1+json": figure, "text/plain": "Figure" });
    writeFileSync(file, text);
    process.env.SONONAS_BROWSER = join(folder.path, "none");
    match(
      (await drawNotebooks([file]))!,
      /^The figures of the executed copies show only where scripts run: .*SONONAS_BROWSER names .*none, which is not there/,
    );
    equal(readFileSync(file, "utf8"), text);
  });

  it("starts nothing where there is no notebook", async () => {
    process.env.SONONAS_BROWSER = join(folder.path, "none");
    equal(await drawNotebooks([]), null);
  });
});
