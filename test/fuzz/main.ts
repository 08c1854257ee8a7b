/**
 * `npm run fuzz`: lets every reader of the project read mutants of whole files, and writes a table of what came of them.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { showTable } from "../../lib/display/table";
import { tableText } from "../../lib/files/table-text";
import { runCommand } from "../../lib/runtime/command";
import { readCommandLine, readCount } from "../../lib/runtime/command-line";
import { projectRoot } from "../../lib/runtime/environment";
import { Problem } from "../../lib/runtime/problem";
import { formats } from "./formats";
import { fuzz } from "./fuzz";
import { outcomes } from "./outcomes";

const usage = `npm run fuzz [-- [--seed S] [--count N] [--formats a,b] [--out DIR]]

  --seed S       which mutants; default: 1
  --count N      mutants of each format; default: 100
  --formats a,b  some of: ${formats.map(({ name }) => name).join(", ")}; default: all
  --out DIR      where the table and the mutants go that were not read or refused as they should; default: .cache/fuzz

Ends with 1 where a mutant crashed a reader, was read for ever, was dropped without a word, or was refused without its name.
`;

const options = {
  seed: { type: "string" },
  count: { type: "string" },
  formats: { type: "string" },
  out: { type: "string" },
} as const;

async function main(parameters: readonly string[]): Promise<number> {
  const { values } = readCommandLine("npm run fuzz", options, parameters);
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const names = formats.map(({ name }) => name);
  const chosen = values.formats?.split(",") ?? names;
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Problem(`There is no format "${unknown}".`, `Choose of ${names.join(", ")}.`);
  const { rows, bad } = await fuzz({
    seed: readCount("--seed", values.seed, 1),
    count: readCount("--count", values.count, 100),
    ...{ formats: chosen, seconds: 20 },
    onFormat: (name) => process.stdout.write(`${name} …\n`),
  });
  const out = resolve(projectRoot, values.out ?? join(".cache", "fuzz"));
  mkdirSync(out, { recursive: true });
  const columns = ["format", "mutants", ...outcomes, "slowest"] as const;
  const table = rows.map((row) => columns.map((column) => row[column]));
  writeFileSync(join(out, "outcomes.csv"), tableText(["format", "mutants", ...outcomes, "slowest_ms"], table));
  writeFileSync(join(out, "bad.json"), `${JSON.stringify(bad, null, 1)}\n`);
  showTable([...rows], { caption: `What came of the mutants; those with a fault are in ${out}`, rows: rows.length });
  return bad.length === 0 ? 0 : 1;
}

if (require.main === module) runCommand(main);
