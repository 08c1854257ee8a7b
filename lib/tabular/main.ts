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
import { Problem } from "../runtime/problem";
import { exitCodeOf, exitCodes } from "../runs/exit-codes";
import { readProtocol } from "./protocol";
import { runStep, workOf, type StepWork } from "./run-step";
import { runSupernets, supernetsOf } from "./run-supernets";
import { runTrainingFree } from "./run-training-free";

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
  try {
    const { values } = readCommandLine("npm run search-benchmark", options, parameters);
    if (values.help === true) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const folder = values.folder ?? join(resultsRoot, "search-benchmark");
    const workers = readCount("--workers", values.workers, 2);
    if (values.step === undefined) tellSteps(folder);
    else {
      const workFolder = join(resultsRoot, "search-benchmark-work");
      await runStep(folder, values.step, { workers, workFolder });
      await runSupernets(folder, values.step, { workFolder });
      await runTrainingFree(folder, values.step);
    }
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodeOf(error);
  }
}

function tellSteps(folder: string): void {
  const protocol = readProtocol(folder);
  const rows = protocol.steps.map(({ name, asks }) => {
    const [trainings, supernets] = [workOf(folder, protocol, name), supernetsOf(folder, protocol, name)];
    const tell = ({ total, done }: StepWork) => (total === 0 ? "–" : `${done} of ${total}`);
    return { step: name, trainings: tell(trainings), supernets: tell(supernets), "what it asks": asks };
  });
  showTable(rows, { caption: protocol.title, rows: rows.length });
}

if (require.main === module) runCommand(runBenchmark);
