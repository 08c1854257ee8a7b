import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";

import { chapters } from "../../lib/study/contents";
import { contentsOfNotebooks, pagesOf, studyWithResults, withoutTime, type StudyOutputs } from "./run-study";

describe("npm run study", function () {
  this.timeout(900_000);
  const { run, outputs, place } = studyWithResults();
  const smoke = ["--profile", "smoke", "--dataset", "phantom"];
  const unchanged = contentsOfNotebooks();
  let first: StudyOutputs;

  it("executes every notebook of the study, and leaves the executed copies with their outputs, results and report in the study's folder", () => {
    first = outputs(...smoke);
    deepEqual(
      first.files,
      chapters.map(({ name }) => `${name}.ipynb`),
    );
    match(first.printed, /1\/7 {2}What computes/);
    equal(first.outputs.filter(({ name }) => name === "stderr").length, 0);
    equal(first.outputs.filter(({ data }) => data?.["application/vnd.plotly.v1+json"]).length, 1);
    const pages = pagesOf(first.outputs).join("");
    for (const part of ["<table", "data:image/png;base64,", 'role="progressbar" aria-valuenow="100.0"']) {
      ok(pages.includes(part), part);
    }
  });

  it("leaves all that a study is in its folder", () => {
    for (const parts of [
      ...[
        ["search", "enas-seed-1", "done.json"],
        ["winner.json"],
        ["validation", "found"],
        ["validation", "hand-crafted"],
      ],
      ...[["comparison.csv"], ["claims.json"], ["figures", "roc.json"], ["release"], ["report.html"]],
      ...[["study.json"], ["split.json"], ["evaluation.csv"], ["verdicts.json"], ["tables", "contents.json"]],
    ])
      ok(existsSync(place(...parts)), parts.join("/"));
  });

  it("does nothing again that is done, and has the same winner", () => {
    const done = place("search", "enas-seed-1", "done.json");
    const [written, winner] = [statSync(done).mtimeMs, readFileSync(place("winner.json"), "utf8")];
    equal(run(...smoke, "03_enas_search", "04_derive_and_control").status, 0);
    equal(statSync(done).mtimeMs, written);
    equal(readFileSync(place("winner.json"), "utf8"), winner);
  });

  it("leaves the notebooks themselves as they were", () => {
    deepEqual(contentsOfNotebooks(), unchanged);
  });

  it("gives the same numbers, tables and figures when it is run again", () => {
    const again = outputs("00_start_here");
    match(
      again.printed,
      /The executed copies are in \S+phantom-smoke\/notebooks\./,
      "without a profile, that of the phantoms",
    );
    deepEqual(withoutTime(again.outputs), withoutTime(first.outputs));
  });
});
