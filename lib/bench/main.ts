/**
 * `npm run bench`: how fast the library is, against TensorFlow.js's own operations and PyTorch, in one sitting.
 *
 * @module
 */
import { freemem } from "node:os";
import { join, relative } from "node:path";

import { showTable } from "../display/table";
import { makeRunFolder } from "../files/run-folder";
import { writeAtomically } from "../files/write-atomically";
import { runCommand } from "../runtime/command";
import {
  describeMachine,
  environmentWithThreads,
  projectRoot,
  readVariable,
  resultsRoot,
  systemClock,
} from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { architecturesFile } from "./case-network";
import { memoryNeed, type CaseName, type ContenderName, type ImageSize } from "./cases";
import { conductCase } from "./conduct";
import { drawBenchmark } from "./figure";
import { measureOtherLoad } from "./other-load";
import { readBenchmarkOptions, type BenchmarkOptions } from "./options";
import { reportCase, tableOfReport, warnOfLoad, type BenchmarkReport, type CaseReport } from "./report";
import type { WorkerCommand } from "./worker-process";

/**
 * Steps of each contender before those that are measured: a search has thousands, and JavaScript is compiled while the first
 * ones run. At 32 pixels our reward takes two thirds as long after 15 steps as at first.
 */
const warmUp = 20;

/** Pause before each step, in milliseconds. */
const rest = 50;

/** For how long the load is measured, in milliseconds. */
const loadMilliseconds = 1_000;

const usage = `npm run bench [-- OPTION ...]      measures SonoNAS against TensorFlow.js's own operations and PyTorch

  --cases LIST       some of child-step, reward, resnet18-step; default: all
  --sizes LIST       sides of the images, some of 32, 64; default: both
  --rounds N         steps of each that are measured, after ${warmUp} that are not; default: 12
  --torch PYTHON     a Python that has PyTorch; default: measured without it
  --threads N        how many threads each may use; default: one for each processor
  --contenders LIST  some of ours, stock, torch; default: all that there are
  --json             prints one JSON object on the last line
  --help             prints this

The contenders take turns, one step each. Close what else is running. The figures and a drawing go to
results/<time>-bench/. Ends with 0; with 1 where something is wrong; with 130 where it was interrupted.
`;

/**
 * Checks that the contenders of a case fit into the memory together.
 *
 * @param free The memory that is free, in bytes.
 * @throws {Problem} Where they do not fit.
 */
export function requireMemory(
  name: CaseName,
  size: ImageSize,
  contenders: readonly ContenderName[],
  free: number,
): void {
  const need = memoryNeed(name, size, contenders);
  const there = free / 2 ** 30;
  if (there >= need) return;
  throw new Problem(
    `${name} with images of ${size} × ${size} pixels needs ${need} GB of memory for ${contenders.join(", ")} together, and ${there.toFixed(1)} GB are free.`,
    "Free some memory, measure smaller images (--sizes 32), or leave one out, as --contenders ours,torch does.",
  );
}

/** Says how the process of a contender is started. Where PyTorch is not measured, `torch` is null. */
export function commandOf(contender: ContenderName, torch: string | null, threads: number): WorkerCommand {
  const environment = environmentWithThreads(threads);
  if (contender !== "torch" || torch === null)
    return { contender, program: process.execPath, parameters: [join(__dirname, `${contender}.js`)], environment };
  // Python is not compiled: it is run where it is written.
  const folder = join(projectRoot, "lib", "bench");
  const parameters = [join(folder, "torch_worker.py"), join(folder, architecturesFile)];
  return { contender, program: torch, parameters, environment };
}

async function measure(options: BenchmarkOptions, signal: AbortSignal, done: (one: CaseReport) => void): Promise<void> {
  const { contenders, rounds, threads, torch } = options;
  const commands = contenders.map((contender) => commandOf(contender, torch, threads));
  const live = process.stderr.isTTY;
  for (const name of options.cases) {
    for (const size of options.sizes) {
      requireMemory(name, size, contenders, freemem());
      const title = `${name}, ${size} × ${size} pixels`;
      const onProgress = (text: string) => {
        if (live) process.stderr.write(`\r\x1b[2K${title}: ${text}`);
      };
      if (!live) process.stderr.write(`${title}\n`);
      const conducted = await conductCase({
        ...{ commands, case: name, size, rounds, warmUp, rest, threads, onProgress, signal },
        measureLoad: () => measureOtherLoad(loadMilliseconds),
      }).finally(() => {
        if (live) process.stderr.write("\r\x1b[2K");
      });
      done(reportCase(name, size, conducted));
    }
  }
}

/** Runs the command. */
async function runBenchmark(parameters: readonly string[]): Promise<number> {
  const { platform, processor, processors } = describeMachine();
  const options = readBenchmarkOptions(parameters, Number(readVariable("SONONAS_THREADS") ?? processors));
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const machine = `${platform}, ${processor}, ${processors} processors`;
  const started = systemClock.now();
  let folder = "";
  const shown = () => relative(projectRoot, folder);
  const interruption = new AbortController();
  const interrupt = () => {
    interruption.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);

  const cases: CaseReport[] = [];
  const report: BenchmarkReport = { cases, machine, threads: options.threads };
  try {
    await measure(options, interruption.signal, (one) => {
      cases.push(one);
      // After each case: what comes next may take long, or more memory than there is.
      folder ||= makeRunFolder(resultsRoot, "bench", started);
      writeAtomically(join(folder, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
      writeAtomically(join(folder, "bench.svg"), drawBenchmark(report));
    });
  } catch (error) {
    const kept = cases.length === 0 ? "" : ` What was measured before is in ${shown()}.`;
    if (interruption.signal.aborted) {
      process.stderr.write(`Interrupted.${kept}\n`);
      return 130;
    }
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}${kept}\n`);
    if (options.json) process.stdout.write(`${JSON.stringify({ error: error.message, ...report })}\n`);
    return 1;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupt);
  }
  tellReport(report, shown());
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  return 0;
}

function tellReport(report: BenchmarkReport, folder: string): void {
  const threads = report.threads === 1 ? "1 thread" : `${report.threads} threads`;
  showTable(tableOfReport(report), { caption: `One step, medians and quartiles; ${report.machine}, ${threads}` });
  const abouts = new Set(
    report.cases.flatMap(({ case: name, size, results }) =>
      Object.entries(results).map(([contender, { about }]) =>
        contender === "torch" ? `${name}, ${size} × ${size}: ${about}` : about,
      ),
    ),
  );
  const warning = warnOfLoad(report);
  if (warning !== "") process.stdout.write(`\nWARNING. ${warning}\n`);
  process.stdout.write(`\n${[...abouts].join("\n")}\nFigures and drawing: ${folder}\n`);
}

if (require.main === module) runCommand(runBenchmark);
