// Written for the modules of an earlier version.
// @ts-nocheck
"use strict";

/**
 * Makes `stored.zip` beside this file: folders of runs, of a study and of a release as the version of 28 November 2026 (commit
 * 9ae2799, format 1) left them, and what that version itself said of them and made of them when it carried them on.
 *
 * It is run in a tree of that version which is set up and in which `npm run study -- --profile smoke --dataset phantom` was run:
 *
 *     SONONAS_THREADS=1 node -r tsx/cjs -r ./lib/runtime/prepare-tensorflow.ts path/to/make-fixtures.cjs path/to/stored.zip
 */
const { execFileSync } = require("node:child_process");
const { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { cpus, tmpdir } = require("node:os");
const { basename, dirname, join, resolve } = require("node:path");

const tree = process.cwd();
const old = (name) => require(join(tree, name));

const { describePhantomAt, phantomAt } = old("lib/data/phantom/phantom");
const { deriveWinner } = old("lib/derive/derive-winner");
const { trainControl } = old("lib/derive/random-control");
const { hashOf } = old("lib/files/checksum");
const { loadRelease } = old("lib/release/load-release");
const { readRun } = old("lib/runs/read-run");
const { hearSignals } = old("lib/runs/stop");
const { runSearch } = old("lib/search/run-search");
const { openStudy } = old("lib/study/open-study");
const { reportStudy } = old("lib/study/study-report");
const { makePlanFolder } = old("lib/validate/plan-folder");
const { runUnit } = old("lib/validate/run-unit");
const { runPlan } = old("lib/validate/run-plan");
const { brief } = old("test/derive/helpers");
const { tinyMacroSearch: macro, tinySearch: micro, tinySearchImages } = old("test/search/helpers");
const { tinyFound } = old("test/train/helpers");

const images = tinySearchImages();
/** As small as can be: the file is kept. */
const small = (options) => ({ ...options, network: { ...options.network, channels: 2 } });
const [tinySearch, tinyMacroSearch] = [small(micro), small(macro)];
const made = mkdtempSync(join(tmpdir(), "sononas fixtures "));
const carried = mkdtempSync(join(tmpdir(), "sononas carried "));
const expected = { processor: cpus()[0].model, runs: {}, release: [], study: {} };

/** Searches, derivations and controls that are cut off in the middle: how each is called, and after how many steps it is ended. */
const evolution = { kind: "evolution", population: 4, tournament: 2 };
const searches = {
  "micro ENAS": { options: tinySearch, after: 7 },
  "macro ENAS": { options: tinyMacroSearch, after: 12 },
  "macro evolution": { options: { ...tinyMacroSearch, strategy: evolution }, after: 7 },
  "macro uniform": { options: { ...tinyMacroSearch, strategy: { kind: "uniform" } }, after: 5 },
};
const deriving = { samples: 6, draws: 1, rescored: 4, trained: 2, training: brief };
const controlling = { count: 3, training: brief };

/** Counts steps, and ends this process as a user does after some: the work saves and gives way. */
function ending(after) {
  let steps = 0;
  const step = async () => {
    steps += 1;
    if (steps === after) process.kill(process.pid, "SIGTERM");
    for (let round = 0; steps === after && round < 20; round++) {
      await new Promise((done) => setTimeout(done, 1));
      await hearSignals();
    }
  };
  return { begin: () => undefined, advance: step, step, epoch: () => undefined, end: () => undefined };
}

async function interrupted(work) {
  try {
    await work;
  } catch (error) {
    if (error.constructor.name === "Interrupted") return;
    throw error;
  }
  throw new Error("It came to its end before it was interrupted.");
}

/** What a run that is done says, apart from times. */
function traceOf(folder) {
  const { outcome, metrics, latest, result } = readRun(folder);
  const arrays = [...(latest()?.state.arrays ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = arrays.map(([, { values }]) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  const lines = metrics.map(({ time: _time, ...line }) => line);
  return { metrics: outcome.metrics, arrays: hashOf(Buffer.concat(bytes)), lines, result };
}

/** Carries a copy of a folder on, and keeps what it came to. */
async function carryOn(name, others, work, trace = traceOf) {
  const folder = join(carried, name);
  for (const each of [name, ...others]) cpSync(join(made, each), join(carried, each), { recursive: true });
  await work(folder);
  expected.runs[name] = trace(folder);
}

async function main() {
  for (const [name, { options, after }] of Object.entries(searches)) {
    const folder = join("cut off", name);
    await interrupted(runSearch(join(made, folder), { images, options, watch: ending(after) }));
    await carryOn(folder, [], (place) => runSearch(place, { images, options, watch: null }));
  }

  const search = join(made, "search");
  await runSearch(search, { images, options: tinySearch, watch: null });
  expected.runs.search = traceOf(search);
  const withCandidates = (folder) => ({
    ...traceOf(folder),
    candidates: JSON.parse(readFileSync(join(folder, "candidates.json"), "utf8")),
  });
  const works = {
    derivation: (folder, watch) => deriveWinner(folder, { search, images, options: deriving, watch }),
    control: (folder, watch) => trainControl(folder, { search, images, options: controlling, watch }),
  };
  for (const [name, work] of Object.entries(works)) {
    await work(join(made, name), null);
    expected.runs[name] = withCandidates(join(made, name));
    const cut = join("cut off", name);
    await interrupted(work(join(made, cut), () => ending(5)));
    await carryOn(cut, [], (folder) => work(folder, null), withCandidates);
  }

  const plan = {
    dataset: "phantom",
    records: { sample: { count: 24 } },
    preparation: { size: 16, region: { kind: "whole" } },
    split: { folds: 2, validation: 0.3 },
    models: [{ name: "ENAS", kind: "found", network: tinyFound }],
    training: { epochs: 4, batchSize: 4, augment: { shift: 2 }, schedule: { kind: "constant", rate: 0.01 } },
    threads: 1,
  };
  const validation = join(made, "validation");
  await makePlanFolder(validation, plan, 1);
  await runUnit(validation, 1);
  await interrupted(runUnit(validation, 2, ending(5)));
  await carryOn(
    "validation",
    [],
    async (folder) => {
      const { done, failures } = await runPlan(folder, null, { watch: null });
      if (!done) throw new Error(JSON.stringify(failures));
    },
    (folder) =>
      [1, 2].map((fold) => {
        const unit = join(folder, "units", "enas", `fold-${fold}-seed-1`);
        return { ...traceOf(join(unit, "training")), predictions: readFileSync(join(unit, "predictions.csv"), "utf8") };
      }),
  );

  const studies = join(tree, "results");
  const left = /[\\/](checkpoints|owner|notebooks|release|stand-alone)$|[\\/](log\.txt|weights\.bin|report\.html)$/;
  cpSync(join(studies, "phantom-smoke"), join(made, "phantom-smoke"), {
    recursive: true,
    filter: (path) => !left.test(path),
  });
  const study = await openStudy({ profile: "smoke", dataset: "phantom" }, made);
  const { contents } = await reportStudy(study, { file: join(carried, "report.html") });
  const tables = contents.sections.flatMap(({ title, blocks }) =>
    blocks.filter(({ kind }) => kind === "table").map(({ caption, rows }) => ({ title, caption, rows })),
  );
  expected.study = { dataHash: study.dataHash, prepared: study.prepared.hash, tables };

  cpSync(join(studies, "phantom-smoke", "release"), join(made, "release"), { recursive: true });
  const model = await loadRelease(join(made, "release"));
  const settings = { count: 6, size: 128, malignant: 0.4, difficulty: 0.4, seed: 9 };
  for (let index = 0; index < settings.count; index++) {
    const { pixels, size, mask } = phantomAt(settings, index);
    const picture = { width: size, height: size, pixels };
    const { probability } = await model.predict(
      picture,
      mask === undefined ? {} : { mask: { width: size, height: size, pixels: mask } },
    );
    expected.release.push({ id: describePhantomAt(settings, index).id, probability });
  }
  model.dispose();

  writeFileSync(join(made, "expected.json"), `${JSON.stringify(expected)}\n`);
  for (const name of readdirSync(made, { recursive: true })) {
    if (basename(name) === "owner") rmSync(join(made, name), { recursive: true });
    // The newest is enough to carry on from.
    if (basename(name) === "checkpoints")
      for (const each of readdirSync(join(made, name)).sort().slice(0, -1)) rmSync(join(made, name, each));
  }
  const target = resolve(process.argv[2]);
  rmSync(target, { force: true });
  mkdirSync(dirname(target), { recursive: true });
  const program =
    "import sys, zipfile, pathlib\nroot = pathlib.Path(sys.argv[1])\nwith zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as z:\n  for p in sorted(root.rglob('*')):\n    if p.is_file():\n      i = zipfile.ZipInfo(p.relative_to(root).as_posix(), (2026, 11, 28, 12, 0, 0)); i.compress_type = zipfile.ZIP_DEFLATED; i.external_attr = 0o100644 << 16\n      z.writestr(i, p.read_bytes(), compresslevel=9)\n";
  execFileSync("python3", ["-c", program, made, target]);
  console.log(`${basename(target)}: ${readFileSync(target).length} bytes, of ${made}; carried on in ${carried}`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
