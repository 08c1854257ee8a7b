import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { pickNotebooks, readableError, readCommand } from "../../lib/study/main";
import type { NotebookFile } from "../../lib/study/notebook-file";
import { countKernels } from "../helpers/processes";

/** Where results of these tests go: the user's own are in the usual place. */
let results = "";

const environment = () => ({ ...process.env, SONONAS_RESULTS: results });

const study = (...parameters: string[]) =>
  spawnSync(process.execPath, ["dist/study/main.js", ...parameters], {
    ...{ cwd: projectRoot, encoding: "utf8", env: environment() },
  });

/** An output of a cell, as a notebook file keeps it. */
interface Output {
  name?: string;
  data?: Record<string, string | string[]>;
}

/** Runs notebooks and reads the outputs of the first. */
function outputsOfStudy(...parameters: string[]): { outputs: Output[]; files: string[]; printed: string } {
  const { status, stdout, stderr } = study(...parameters);
  equal(status, 0, stderr);
  const folder = join(projectRoot, /The executed copies are in (\S+)\./.exec(stdout)![1]!);
  const { cells } = JSON.parse(readFileSync(join(folder, "00_start_here.ipynb"), "utf8")) as NotebookFile;
  return {
    outputs: cells.flatMap((cell) => (cell.outputs ?? []) as Output[]),
    files: readdirSync(folder).sort(),
    printed: stdout,
  };
}

const pagesOf = (outputs: Output[]) => outputs.map(({ data }) => [data?.["text/html"] ?? []].flat().join(""));

describe("npm run study", function () {
  this.timeout(900_000);
  before(() => {
    results = mkdtempSync(join(tmpdir(), "sononas-study-"));
  });
  after(() => {
    rmSync(results, { recursive: true, force: true });
  });
  const smoke = ["--profile", "smoke", "--dataset", "phantom"];
  const own = (...parts: string[]) => join(results, "phantom-smoke", ...parts);
  let first: ReturnType<typeof outputsOfStudy>;
  const notebooks = () => readdirSync(notebooksRoot).filter((name) => name.endsWith(".ipynb"));
  const unchanged = notebooks().map((name) => readFileSync(join(notebooksRoot, name), "utf8"));

  it("executes every notebook, and leaves the executed copies with their outputs, results and report in the study's folder", () => {
    first = outputsOfStudy(...smoke);
    deepEqual(first.files, notebooks());
    match(first.printed, /1\/12 {2}00 · Start here/);
    equal(first.outputs.filter(({ name }) => name === "stderr").length, 0);
    equal(first.outputs.filter(({ data }) => data?.["application/vnd.plotly.v1+json"]).length, 2);
    const pages = pagesOf(first.outputs).join("");
    for (const part of ["<table", "data:image/png;base64,", 'role="progressbar" aria-valuenow="100.0"']) {
      ok(pages.includes(part), part);
    }
  });

  it("leaves all that a study is in its folder", () => {
    for (const place of [
      ...[
        ["search", "enas-seed-1", "done.json"],
        ["winner.json"],
        ["validation", "found"],
        ["validation", "hand-crafted"],
      ],
      ...[["comparison.csv"], ["claims.json"], ["figures", "roc.csv"], ["release"], ["report.html"]],
    ])
      ok(existsSync(own(...place)), place.join("/"));
  });

  it("does nothing again that is done, and has the same winner", () => {
    const done = own("search", "enas-seed-1", "done.json");
    const [written, winner] = [statSync(done).mtimeMs, readFileSync(own("winner.json"), "utf8")];
    equal(study(...smoke, "03_enas_search", "04_derive_and_control").status, 0);
    equal(statSync(done).mtimeMs, written);
    equal(readFileSync(own("winner.json"), "utf8"), winner);
  });

  it("leaves the notebooks themselves as they were", () => {
    deepEqual(
      notebooks().map((name) => readFileSync(join(notebooksRoot, name), "utf8")),
      unchanged,
    );
  });

  it("gives the same numbers, tables and figures when it is run again", () => {
    const again = outputsOfStudy("00_start_here");
    match(
      again.printed,
      /The executed copies are in \S+phantom-smoke\/notebooks\./,
      "without a profile, that of the phantoms",
    );
    // What a study takes is measured anew each time, and the first run was of a study that had not begun.
    const ofMachine = ({ data }: Output) => String(data?.["text/plain"]).includes("on this machine");
    const withoutTime = (outputs: Output[]) =>
      JSON.parse(JSON.stringify(outputs.filter((output) => !ofMachine(output))).replace(/took \d+s/g, "")) as Output[];
    deepEqual(withoutTime(again.outputs), withoutTime(first.outputs));
  });

  it("ends in order when another program asks it to, and leaves no kernel behind", async () => {
    const before = countKernels();
    const child = spawn(process.execPath, ["dist/study/main.js"], {
      ...{ cwd: projectRoot, env: environment() },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let errors = "";
    child.stdout.resume();
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const ended = new Promise((resolve) => child.on("close", resolve));
    const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    while (countKernels() === before) await pause(100);
    await pause(1_000);
    child.kill("SIGTERM");
    equal(await ended, 130, errors);
    equal(countKernels(), before);
    const [, folder] = /Interrupted in \S+\. What ran so far is in (\S+)\. Start again/.exec(errors)!;
    ok(readdirSync(join(projectRoot, folder!)).includes("00_start_here.ipynb"));
  });

  it("refuses a notebook and an option that are none, in a sentence", () => {
    for (const [parameter, expected] of [
      ["12_missing", /There is no notebook 12_missing\.ipynb in notebooks\/\. There are: 00_start_here\.ipynb/],
      ["--profle", /npm run study has no option --profle/],
      ["--profile", /--profile has no value/],
      ["--profile=smok", /There is no profile "smok"/],
      ["--dataset=../elsewhere", /"\.\.\/elsewhere" is no name of a data set/],
      ["--set=search.options.epocs=40", /no option "search\.options\.epocs"\. Did you mean "search\.options\.epochs"/],
    ] as const) {
      const { status, stderr } = study(parameter);
      equal(status, 1);
      match(stderr, expected);
      ok(!/\n\s+at /.test(stderr));
    }
  });

  it("says how it is used", () => {
    const { status, stdout } = study("--help");
    equal(status, 0);
    match(stdout, /npm run study \[-- \[--profile PROFILE\] \[--dataset SET\] \[--set PATH=VALUE \.\.\.\] \[NOTEBOOK/);
    match(stdout, /smoke, quick, overnight, overnight-masks, paper, paper-524\./);
  });
});

describe("readCommand(parameters)", () => {
  it("takes the notebooks as they stand where no study is named", () => {
    deepEqual(readCommand([]), { study: null, notebooks: [] });
    deepEqual(readCommand(["02_c", "00_a"]), { study: null, notebooks: ["02_c", "00_a"] });
  });

  it("reads profile and data set, in any order and between notebooks; one alone has the other's default", () => {
    const study = { profile: "quick", dataset: "bus-bra" };
    deepEqual(readCommand(["--profile", "quick", "--dataset", "bus-bra"]), { study, notebooks: [] });
    deepEqual(readCommand(["03_d", "--dataset", "bus-bra", "04_e", "--profile", "quick"]), {
      study,
      notebooks: ["03_d", "04_e"],
    });
    deepEqual(readCommand(["--dataset", "busi"]).study, { profile: "smoke", dataset: "busi" });
    deepEqual(readCommand(["--profile", "paper"]).study, { profile: "paper", dataset: "phantom" });
  });

  it("names an option that is none, one without a value, and a profile that there is not", () => {
    for (const [parameters, expected] of [
      [["--profle", "quick"], /no option --profle\./],
      [["-p", "quick"], /no option -p\./],
      [["--profile"], /--profile has no value/],
      [["--profile", "--dataset", "busi"], /--profile has no value/],
      [["--dataset", ""], /--dataset has no value/],
      [["--set", "seeds"], /--set has "seeds", expected the path of a setting/],
    ] as const)
      throws(() => readCommand(parameters), expected, parameters.join(" "));
  });

  it("reads changes between profile and notebooks", () => {
    deepEqual(readCommand(["--set", "seeds=[1,2]", "05_train_the_winner", "--profile", "quick"]), {
      study: { profile: "quick", dataset: "phantom", changes: { seeds: [1, 2] } },
      notebooks: ["05_train_the_winner"],
    });
  });
});

describe("pickNotebooks(names, present)", () => {
  const present = ["00_a.ipynb", "01_b.ipynb", "02_c.ipynb"];

  it("takes all where none is named, and named ones in the study's order", () => {
    deepEqual(pickNotebooks([], present), present);
    deepEqual(pickNotebooks(["02_c", "00_a.ipynb"], present), ["00_a.ipynb", "02_c.ipynb"]);
  });

  it("refuses one that is not there", () => {
    throws(() => pickNotebooks(["03_d"], present), /There is no notebook 03_d\.ipynb/);
  });
});

describe("readableError(text)", () => {
  it("keeps the reason and the reader's own lines of a stack, and leaves out the kernel's", () => {
    const text = [
      "Error: no images",
      "    at load (/home/me/sononas/dist/data/load.js:3:9)",
      "    at evalmachine.<anonymous>:5:7",
      "    at Script.runInThisContext (node:vm:135:14)",
      "    at /home/me/sononas/node_modules/tslab/dist/jupyter.js:208:57",
    ];
    equal(readableError(text.join("\n")), text.slice(0, 3).join("\n"));
  });
});
