import { readCommandLine, readCount } from "../runtime/command-line";
import { Problem } from "../runtime/problem";
import { caseNames, contenderNames, imageSizes, type CaseName, type ContenderName, type ImageSize } from "./cases";

const options = {
  cases: { type: "string" },
  sizes: { type: "string" },
  rounds: { type: "string" },
  torch: { type: "string" },
  threads: { type: "string" },
  contenders: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What the command line of the benchmark says. */
export interface BenchmarkOptions {
  /** Which cases, in order; default: all. */
  readonly cases: readonly CaseName[];
  /** Which sides of images, in pixels; default: all. */
  readonly sizes: readonly ImageSize[];
  /** Steps of each contender that are measured, from 1; default: 12. */
  readonly rounds: number;
  /** A Python with PyTorch, a path or a name; null to do without it, which is the default. */
  readonly torch: string | null;
  /** How many threads each contender may use, from 1; default: one for each processor, or `SONONAS_THREADS`. */
  readonly threads: number;
  /** Who is measured; default: ours and stock, and torch where a Python is given. */
  readonly contenders: readonly ContenderName[];
  /** Whether one JSON object is printed last; default: no. */
  readonly json: boolean;
  readonly help: boolean;
}

/**
 * Reads the command line.
 *
 * @throws {Problem} Where it is not understood.
 */
export function readBenchmarkOptions(parameters: readonly string[], defaultThreads: number): BenchmarkOptions {
  const { values } = readCommandLine("npm run bench", options, parameters);
  const torch = values.torch ?? null;
  if (torch === "") throw new Problem("--torch is empty, expected a Python.", "For example: --torch python3.");
  const present = contenderNames.filter((name) => name !== "torch" || torch !== null);
  const contenders = pick("contenders", values.contenders, contenderNames, present);
  if (contenders.includes("torch") && torch === null) {
    throw new Problem(
      "PyTorch is to be measured, and no Python that has it is given.",
      "For example: --torch path/of/python.",
    );
  }
  const sizes = pick("sizes", values.sizes, imageSizes.map(String), imageSizes.map(String));
  return {
    cases: pick("cases", values.cases, caseNames, caseNames),
    sizes: imageSizes.filter((size) => sizes.includes(String(size))),
    rounds: readCount("--rounds", values.rounds, 12),
    torch,
    threads: readCount("--threads", values.threads, defaultThreads),
    contenders,
    json: values.json ?? false,
    help: values.help ?? false,
  };
}

// Reads a list with commas: in the order of all, each once.
function pick<Name extends string>(
  option: string,
  text: string | undefined,
  all: readonly Name[],
  unless: readonly Name[],
): Name[] {
  if (text === undefined) return [...unless];
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !all.includes(name as Name));
  if (unknown !== undefined) {
    throw new Problem(
      `--${option} has "${unknown}", expected some of ${all.join(", ")}.`,
      `For example: --${option} ${all.slice(0, 2).join(",")}.`,
    );
  }
  return all.filter((name) => names.includes(name));
}
