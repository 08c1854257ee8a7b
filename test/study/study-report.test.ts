import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { reportStudy } from "../../lib/study/study-report";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { openReport } from "../helpers/report-page";
import { skip } from "../helpers/skip";
import { temporaryFolder } from "../helpers/temporary";
import { fillSearches, filledStudy, smokeStudy, textsOf } from "./helpers";

const clock = { now: () => new Date("2026-01-02T03:04:05Z"), seconds: () => 0 };
const quick = { replicates: 100, stills: false, clock };

const sections = [
  ...["primary", "question", "summary", "data", "search", "training", "comparison", "reader", "external"],
  ...["subgroups", "errors", "limits", "reproduce", "reporting-items"],
];

describe("reportStudy(study, options), of a whole study", () => {
  const made = filledStudy();
  const folder = temporaryFolder();

  it("has every section, nothing missing, and a ribbon: a smoke test is no result", async () => {
    const { file, bytes, contents } = await reportStudy(made.study, quick);
    equal(file, made.study.path("report.html"));
    equal(readFileSync(file).length, bytes);
    ok(bytes < 8e6);
    deepEqual(
      contents.sections.map(({ anchor }) => anchor),
      sections,
    );
    doesNotMatch(contents.sections.map(textsOf).join("\n"), /^missing:/m);
    match(contents.ribbon!, /numbers are not results.*synthetic/);
  });

  it("is the same for the same folder at the same time", async () => {
    const [one, two] = [join(folder.path, "one.html"), join(folder.path, "two.html")];
    await reportStudy(made.study, { ...quick, file: one });
    await reportStudy(made.study, { ...quick, file: two });
    equal(readFileSync(one).equals(readFileSync(two)), true);
  });

  it("has every figure as a picture too, and other studies beside it, where that is asked for", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const file = join(folder.path, "report.html");
    const { contents } = await reportStudy(made.study, { ...quick, file, stills: true, beside: ["none"] });
    const figures = contents.sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === "figure"));
    ok(figures.every((block) => block.kind === "figure" && block.still !== undefined));
    match(textsOf(contents.sections.find(({ anchor }) => anchor === "beside")!), /^missing: .*compared/m);
  });

  it("has no pictures unless they are asked for", async () => {
    const file = join(folder.path, "report.html");
    await reportStudy(made.study, { ...quick, file });
    doesNotMatch(readFileSync(file, "utf8"), /data:image\/png/);
    await reportStudy(made.study, { ...quick, file, images: 3 });
    equal(readFileSync(file, "utf8").split("data:image/png").length - 1, 3);
  });

  it("refuses unknown options and numbers that are none, and writes nothing", async () => {
    await rejects(reportStudy(made.study, { picture: 1 } as never), /no option "picture"/);
    await rejects(reportStudy(made.study, { images: -1 }), /images: -1/);
    await rejects(reportStudy(made.study, { replicates: 10 }), /replicates: 10/);
    await rejects(reportStudy(made.study, { statements: { author: "x" } as never }), /no option "author".*"authors"/);
  });

  it("opens without a network: every figure is drawn, nothing is asked for, nothing overflows", async function () {
    const browser = findBrowser();
    if (browser === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const file = join(folder.path, "report.html");
    const { contents } = await reportStudy(made.study, { ...quick, file });
    const below = contents.sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === "figure")).length;
    const figures = below + (contents.answer!.figure === null ? 0 : 1);
    for (const width of [1280, 390]) {
      const opened = await openReport(browser, file, width);
      try {
        const seen = await opened.page.evaluate(() => ({
          drawn: document.querySelectorAll(".canvas > .live > .plot-container").length,
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        }));
        deepEqual([opened.requests, opened.complaints, seen], [[], [], { drawn: figures, overflow: 0 }]);
      } finally {
        await opened.close();
      }
    }
    ok(figures >= 8);
  });
});

describe("reportStudy(study, options), of a study that is not at its end", () => {
  const folder = temporaryFolder();

  it("says of an empty folder which notebooks to run", async () => {
    const study = await smokeStudy(folder.path);
    const { contents } = await reportStudy(study, quick);
    const said = contents.sections.map(textsOf).join("\n");
    for (const notebook of ["03_enas_search", "04_derive_and_control", "05_train", "06_hand", "07_compare"])
      match(said, new RegExp(`^missing: .*${notebook}`, "m"));
  });

  it("shows what is there of a study that was searched and no more", async () => {
    const study = await smokeStudy(folder.path);
    fillSearches(study);
    const { contents } = await reportStudy(study, quick);
    const search = textsOf(contents.sections.find(({ anchor }) => anchor === "search")!);
    match(search, /^figure: /m);
    doesNotMatch(search, /^missing:/m);
    match(textsOf(contents.sections.find(({ anchor }) => anchor === "comparison")!), /^missing: .*07_compare/m);
  });

  it("names a damaged file in the report and goes on", async () => {
    const study = await smokeStudy(folder.path);
    fillSearches(study);
    writeFileSync(study.path("winner.json"), "{");
    rmSync(study.path("control"), { recursive: true });
    const { contents } = await reportStudy(study, quick);
    const said = contents.sections.map(textsOf).join("\n");
    match(said, /^missing: .*winner\.json is damaged/m);
    match(said, /^missing: The random control of the seed 1 is missing\. Run 04/m);
  });
});
