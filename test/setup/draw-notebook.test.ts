import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { drawInPlace, drawNotebook } from "../../setup/draw-notebook.cjs";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { skip } from "../helpers/skip";
import { temporaryFolder } from "../helpers/temporary";

const plotly = "application/vnd.plotly.v1+json";

describe("drawNotebook(source, target)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const [source, target] = [() => join(folder.path, "run.ipynb"), () => join(folder.path, "docs", "shown.ipynb")];
  const write = (text: string) => {
    const figure = { data: [{ type: "bar", x: [1], y: [2] }], layout: { height: 200 } };
    const outputs = [
      { output_type: "display_data", data: { [plotly]: figure, "text/plain": "Figure: bars" }, metadata: {} },
      { output_type: "stream", name: "stdout", text: [text] },
    ];
    writeFileSync(source(), JSON.stringify({ cells: [{ cell_type: "markdown" }, { cell_type: "code", outputs }] }));
  };

  it("puts pictures beside figures, and leaves all else", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    write("printed");
    equal(await drawNotebook(source(), target()), null);
    const { cells } = JSON.parse(readFileSync(target(), "utf8")) as {
      cells: { outputs?: { data?: Record<string, string>; metadata?: object; text?: string[] }[] }[];
    };
    const [shown, printed] = cells[1]!.outputs!;
    deepEqual(Object.keys(shown!.data!).sort(), [plotly, "image/png", "text/plain"]);
    deepEqual(shown!.metadata, { "image/png": { width: 580 } });
    const picture = Buffer.from(shown!.data!["image/png"]!, "base64");
    equal(picture.toString("latin1", 1, 4), "PNG");
    equal(picture.readUInt32BE(16), 580, "a pixel for each of the figure's, by which JupyterLab shows it");
    deepEqual(printed!.text, ["printed"]);
  });

  const writePages = () => {
    const dot = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><rect width="300" height="40"/></svg>';
    const image = `<img src="data:image/svg+xml;base64,${Buffer.from(dot).toString("base64")}">`;
    const pages = [
      `<figure style="margin:0">${image}</figure>`,
      `<table><tr><td>${image}</td></tr></table>`,
      "<b>words</b>",
    ];
    const outputs = pages.map((html) => ({
      ...{ output_type: "display_data", metadata: {}, data: { "text/html": html, "text/plain": "words" } },
    }));
    writeFileSync(source(), JSON.stringify({ cells: [{ cell_type: "code", outputs }] }));
    return outputs;
  };

  it("makes one picture of a page of pictures, and leaves tables and what is opened", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const outputs = writePages();
    equal(await drawNotebook(source(), target()), null);
    const [cell] = (JSON.parse(readFileSync(target(), "utf8")) as { cells: { outputs: typeof outputs }[] }).cells;
    const [picture, ...others] = cell!.outputs;
    deepEqual(Object.keys(picture!.data).sort(), ["image/png", "text/plain"]);
    const png = Buffer.from((picture!.data as Record<string, string>)["image/png"]!, "base64");
    equal(png.readUInt32BE(16), 2 * 308, "two pixels for each, with a margin");
    deepEqual(others, outputs.slice(1));
  });

  it("makes the same of pages in executed notebooks where they are: an editor without trust shows no picture beside a page", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const outputs = writePages();
    equal(await drawInPlace([source()]), 1);
    const [cell] = (JSON.parse(readFileSync(source(), "utf8")) as { cells: { outputs: typeof outputs }[] }).cells;
    const [page, ...others] = cell!.outputs;
    deepEqual(Object.keys(page!.data).sort(), ["image/png", "text/plain"]);
    deepEqual(others, outputs.slice(1));
  });

  it("draws those of several notebooks where they are, again and again to the same files", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    write("one");
    const other = join(folder.path, "other.ipynb");
    writeFileSync(other, readFileSync(source(), "utf8").replace('"y":[2]', '"y":[3]'));
    equal(await drawInPlace([source(), other]), 2);
    const once = [source(), other].map((file) => readFileSync(file, "utf8"));
    equal(
      once.every((text) => text.includes('"image/png": "iVBOR')),
      true,
    );
    equal(once[0] === once[1], false, "each has its own");
    equal(await drawInPlace([source(), other]), 2);
    deepEqual(
      [source(), other].map((file) => readFileSync(file, "utf8")),
      once,
    );
  });

  it("refuses a notebook that names a folder of this machine", async () => {
    write(`${projectRoot}/data`);
    match((await drawNotebook(source(), target()))!, /names this machine's folder/);
  });
});
