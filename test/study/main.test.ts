import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { pickNotebooks, readCommand, withExternal } from "../../lib/study/main";
import { countKernels } from "../helpers/processes";
import { contentsOfNotebooks, pagesOf, studyWithResults, withoutTime } from "./run-study";

describe("npm run study", function () {
  this.timeout(300_000);
  const { environment, run, outputs } = studyWithResults();

  it("executes a notebook, leaves a copy with its outputs and the notebook as it was, and gives the same again", () => {
    const unchanged = contentsOfNotebooks();
    const first = outputs("00_start_here");
    deepEqual(first.files, ["00_start_here.ipynb"]);
    ok(!first.printed.includes("What it can show"), "it opens no study");
    match(first.printed, /1\/7 {2}What computes/);
    match(
      first.printed,
      /The executed copies are in \S+phantom-smoke\/notebooks\./,
      "without a profile, that of the phantoms",
    );
    equal(first.outputs.filter(({ name }) => name === "stderr").length, 0);
    equal(first.outputs.filter(({ data }) => data?.["application/vnd.plotly.v1+json"]).length, 1);
    const pages = pagesOf(first.outputs).join("");
    for (const part of ["<table", 'role="progressbar" aria-valuenow="100.0"']) ok(pages.includes(part), part);
    // Images are a picture of their own where there is a browser to draw it, and a page where there is none.
    const pictures = first.outputs.filter(({ data }) => data?.["image/png"] !== undefined);
    ok(pictures.length > 1 || pages.includes("data:image/png;base64,"), "images");
    deepEqual(contentsOfNotebooks(), unchanged);
    deepEqual(withoutTime(outputs("00_start_here").outputs), withoutTime(first.outputs));
  });

  it("says what the patients can show before the first notebook that opens the study", () => {
    const { status, stdout } = run("02_search_space", "--set", "folds=[1,2]");
    equal(status, 0);
    match(stdout, /^What it can show, before anything is trained: \d+ patients, .* are tested in 2 folds\./m);
    const [assumed, firstCell] = [stdout.indexOf("Assumed (setting primary.expected)"), stdout.search(/^ +1\/\d+ /m)];
    ok(assumed >= 0 && assumed < firstCell);
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
      const { status, stderr } = run(parameter);
      equal(status, 1);
      match(stderr, expected);
      ok(!/\n\s+at /.test(stderr));
    }
  });

  it("says how it is used", () => {
    const { status, stdout } = run("--help");
    equal(status, 0);
    match(stdout, /npm run study \[-- \[--profile PROFILE\] \[--dataset SET\] \[--set PATH=VALUE \.\.\.\] \[NOTEBOOK/);
    match(stdout, /smoke, quick, overnight, overnight-masks, overnight-enas, paper, paper-524\./);
  });
});

describe("withExternal(notebooks, isTested)", () => {
  const all = ["08_explain.ipynb", "09_report.ipynb"];

  it("tests on other sets before comparison and report, which tell of it, or last where none is written", () => {
    const compared = ["06_hand_crafted_networks.ipynb", "07_compare.ipynb", ...all];
    deepEqual(withExternal(compared, true), [compared[0], "11_other_hospitals.ipynb", ...compared.slice(1)]);
    deepEqual(withExternal(all, true), ["08_explain.ipynb", "11_other_hospitals.ipynb", "09_report.ipynb"]);
    deepEqual(withExternal(all.slice(0, 1), true), ["08_explain.ipynb", "11_other_hospitals.ipynb"]);
    deepEqual(withExternal(all, false), all);
    deepEqual(withExternal(["11_other_hospitals.ipynb"], true), ["11_other_hospitals.ipynb"]);
  });
});

describe("readCommand(parameters)", () => {
  it("reads the sets that networks are tested on afterwards", () => {
    const { external } = readCommand(["--external", "udiat", "--external", "mine:without-shared"]);
    deepEqual(external, [
      { dataset: "udiat", shared: "stop" },
      { dataset: "mine", shared: "leave-out" },
    ]);
    deepEqual(readCommand(["--without-external", "a", "--without-external", "b"]).withoutExternal, ["a", "b"]);
    throws(() => readCommand(["--external", ":"]), /--external has ":"/);
    const [found] = readCommand(["--external", "udiat", "--finder", "f"]).external;
    deepEqual(found, { dataset: "udiat", shared: "stop", finder: resolve("f") });
    throws(() => readCommand(["--finder", "f"]), /--finder is for other sets, and none was named/);
  });

  it("takes the notebooks as they stand where no study is named", () => {
    deepEqual(readCommand([]), { study: null, notebooks: [], external: [], withoutExternal: [], units: null });
    deepEqual(readCommand(["02_c", "00_a"]), {
      study: null,
      notebooks: ["02_c", "00_a"],
      external: [],
      withoutExternal: [],
      units: null,
    });
  });

  it("reads profile and data set, in any order and between notebooks; one alone has the other's default", () => {
    const study = { profile: "quick", dataset: "bus-bra" };
    deepEqual(readCommand(["--profile", "quick", "--dataset", "bus-bra"]), {
      study,
      notebooks: [],
      external: [],
      withoutExternal: [],
      units: null,
    });
    deepEqual(readCommand(["03_d", "--dataset", "bus-bra", "04_e", "--profile", "quick"]), {
      study,
      notebooks: ["03_d", "04_e"],
      external: [],
      withoutExternal: [],
      units: null,
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
      external: [],
      withoutExternal: [],
      units: null,
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
