/**
 * `npm run search-benchmark`: measures what the tabular benchmark's protocol asks for.
 *
 * @module
 */
import "../runtime/say-failures";

import { join } from "node:path";

import { showTable } from "../display/table";
import { runCommand } from "../runtime/command";
import { readCommandLine, readCount } from "../runtime/command-line";
import { resultsRoot } from "../runtime/environment";
import { exitCodes, runToExitCode } from "../runs/exit-codes";
import { benchmarkFolder } from "./benchmark-folder";
import { readProtocol } from "./protocol";
import { runNested } from "./run-nested";
import { runReplay } from "./run-replay";
import { runStep } from "./run-step";
import { runSupernets } from "./run-supernets";
import { runTrainingFree } from "./run-training-free";
import { tableOfSteps } from "./steps-table";

const usage = `npm run search-benchmark                     says which steps the protocol has, and how much of each is measured
npm run search-benchmark -- --step NAME      measures what is missing of a step

  --folder DIR   the benchmark's folder, with its protocol; default: results/search-benchmark
  --workers N    trainings at a time, each in a process of its own with one thread; default: 2
  --help         prints this

What is measured is added to the table some minutes' work at a time. Stopped or killed, the same command goes on.
`;

const options = {
  folder: { type: "string" },
  step: { type: "string" },
  workers: { type: "string" },
} as const;

/**
 * Runs the command.
 *
 * @param parameters The arguments after the program's name.
 * @returns The exit code; see `exitCodes`.
 */
export async function runBenchmark(parameters: readonly string[]): Promise<number> {
  return runToExitCode(async () => {
    const { values } = readCommandLine("npm run search-benchmark", options, parameters);
    if (values.help === true) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const folder = values.folder ?? benchmarkFolder();
    const workers = readCount("--workers", values.workers, 2);
    if (values.step === undefined) tellSteps(folder);
    else {
      const workFolder = join(resultsRoot, "search-benchmark-work");
      await runStep(folder, values.step, { workers, workFolder });
      await runSupernets(folder, values.step, { workFolder });
      await runTrainingFree(folder, values.step);
      await runReplay(folder, values.step);
      await runNested(folder, values.step, { workers, workFolder });
    }
    return exitCodes.done;
  });
}

function tellSteps(folder: string): void {
  const rows = tableOfSteps(folder);
  showTable(rows, { caption: readProtocol(folder).title, rows: rows.length });
}

if (require.main === module) runCommand(runBenchmark);
