/**
 * `npm run publish:results`: writes what others need of studies into a folder that is kept with the project.
 *
 * @module
 */
import "../runtime/say-failures";

import { basename, join } from "node:path";

import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { resultsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { publishResults } from "./publish-results";
import { redrawPublished } from "./redraw-published";

const usage = `npm run publish:results -- TARGET STUDY [STUDY ...]
npm run publish:results -- --again TARGET

Writes settings, tables, figures, architectures and one comparison.csv of the named studies in results/ into
results/TARGET/, with the predictions of the tested images: no image of a data set, no weights. For example:

  npm run publish:results -- bus-bra bus-bra-overnight bus-bra-overnight-masks

With --again, the figures and architectures of results/TARGET/ are drawn anew in the look of this version, from what is published there.
\`npm run figures:draw -- results/TARGET\` then draws the pictures.
`;

/**
 * Reads the parameters of `npm run publish:results`.
 *
 * @returns The folder and the studies, names in `results/`; no studies where what is published is drawn again.
 * @throws {Problem} Where there are fewer than two names, or with `--again` not one, an unknown option, or a name that is a path.
 */
export function readPublishCommand(parameters: readonly string[]): {
  help: boolean;
  target: string;
  studies: string[];
} {
  const options = { again: { type: "boolean" } } as const;
  const { values, positionals } = readCommandLine("npm run publish:results", options, parameters, Infinity);
  const [target = "", ...studies] = positionals;
  if (values.help) return { help: true, target, studies };
  const wrong = positionals.find((name) => name === "" || basename(name) !== name || name === "..");
  const again = values.again === true;
  if (wrong !== undefined || target === "" || (studies.length === 0) !== again) {
    throw new Problem(
      wrong === undefined
        ? `There are ${positionals.length} names, expected ${again ? "a target alone" : "a target and at least one study"}.`
        : `"${wrong}" is no name of a folder in results/.`,
      "See `npm run publish:results -- --help`.",
    );
  }
  return { help: false, target, studies };
}

async function main(parameters: readonly string[]): Promise<number> {
  const { help, target, studies } = readPublishCommand(parameters);
  if (help) {
    process.stdout.write(usage);
    return 0;
  }
  const folders = studies.map((study) => join(resultsRoot, study));
  const place = join(resultsRoot, target);
  const written = folders.length === 0 ? await redrawPublished(place) : await publishResults(place, folders);
  process.stdout.write(`${written.length} files are in results/${target}.\n`);
  return 0;
}

if (require.main === module) runCommand(main);
