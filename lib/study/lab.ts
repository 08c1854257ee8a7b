/**
 * `npm run lab`: opens JupyterLab on the notebooks, for this machine only and behind Jupyter's token.
 *
 * @module
 */
import "../runtime/say-failures";

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";

import { runCommand } from "../runtime/command";
import { environmentPython, jupyterEnvironment, projectRoot, resultsRoot, runsAsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import type { StudyChoice } from "./changes";
import { exitCodeOf } from "./exit-code";
import { readStudyOptions, studyOptions, studyUsage, type GivenStudy } from "./study-options";

/** The address that only this machine can reach. */
const loopback = "127.0.0.1";

/** Jupyter's own default. */
const defaultPort = 8888;

const usage = `npm run lab [-- [--profile PROFILE] [--dataset SET] [--set PATH=VALUE ...] [--port PORT] [OPTION ...]]

Opens JupyterLab on the notebooks, which all belong to the study that is named here.

${studyUsage}
  --port PORT        where JupyterLab listens; default: ${defaultPort}

Without a study it is the one that was chosen in a notebook by study.chooseStudy, else "smoke" on phantoms. All other
options are JupyterLab's own.
`;

/** What a command asks for. */
export interface LabCommand {
  readonly port: number;
  /** The study; null: the one that is chosen for all notebooks. */
  readonly study: StudyChoice | null;
  readonly others: readonly string[];
}

const own = { ...studyOptions, port: { type: "string" } } as const;

/**
 * Reads the parameters of `npm run lab`.
 *
 * @param parameters What stands after the command. What is neither the port nor a study is Jupyter's.
 * @throws {Problem} Where the port is none, an option has no value, or changes cannot be read.
 */
export function readLabCommand(parameters: readonly string[]): LabCommand {
  const { values, tokens } = parseArgs({
    ...{ args: [...parameters], options: own, allowPositionals: true },
    ...{ strict: false, tokens: true },
  });
  const taken = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== "option" || !Object.hasOwn(own, token.name)) continue;
    if (token.value === undefined) throw new Problem(`--${token.name} has no value.`, "See `npm run lab -- --help`.");
    taken.add(token.index);
    if (!token.inlineValue) taken.add(token.index + 1);
  }
  const given = values as GivenStudy & { readonly port?: string };
  const port = given.port === undefined ? defaultPort : Number(given.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(
      `The port is "${given.port}", expected a whole number from 1 to 65535.`,
      "For example: `npm run lab -- --port 8889`.",
    );
  }
  const others = parameters.filter((_, index) => !taken.has(index));
  refuseOpenDoors(others);
  return { port, study: readStudyOptions(given), others };
}

/**
 * What decides who may reach the server and run programs through it: address, token, password, origin, and whatever else could
 * hold such a setting, as a file of settings or a program that is run instead.
 */
const doors =
  /token|passw|auth|identity_?provider|allow_(?:origin|remote|credentials)|xsrf|(?:^|\.)ip$|trust_xheaders|local_hostnames|config/i;

/**
 * Refuses arguments of Jupyter's that open the server to others than its user. The order of arguments does not decide: a
 * later one of another spelling would win.
 */
function refuseOpenDoors(others: readonly string[]): void {
  for (const given of others) {
    const name = given.replace(/=.*$/s, "");
    // What is neither an option nor a setting is the name of a file.
    if (!/^-|=/.test(given) || !doors.test(name.replace(/^-+/, "").replaceAll("-", "_"))) continue;
    throw new Problem(
      `${name} changes who can reach JupyterLab, which npm run lab opens for this machine and behind its token alone.`,
      "Leave it out; or start JupyterLab yourself: .venv/bin/jupyter lab.",
    );
  }
}

/**
 * Makes sure that nothing listens on a port yet.
 *
 * @throws {Problem} Where it is taken, or may not be used.
 */
export async function checkPortFree(port: number): Promise<void> {
  const server = createServer();
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once("error", resolve).listen({ port, host: loopback }, () => {
      resolve(null);
    });
  });
  if (failure === null) {
    await new Promise((resolve) => server.close(resolve));
    return;
  }
  const what =
    failure.code === "EADDRINUSE"
      ? `Port ${port} is taken, perhaps by another JupyterLab.`
      : `Port ${port} cannot be used: ${failure.message}.`;
  throw new Problem(
    what,
    `Close what uses it, or choose another port: \`npm run lab -- --port ${port < 65_535 ? port + 1 : defaultPort}\`.`,
  );
}

/**
 * The arguments with which JupyterLab is started.
 *
 * @param others The user's own arguments for JupyterLab, which come last but for the address.
 */
export function labArguments(port: number, others: readonly string[]): string[] {
  return [
    // Two of Jupyter's own extensions make it warn about the last of these settings, under which they work.
    ...["-W", "ignore:Extension endpoints", "-m", "jupyterlab", `--ServerApp.root_dir=${projectRoot}`],
    ...[
      "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      // The study's notebooks stay as the project has them; what was shown is kept in the results.
      "--ContentsManager.pre_save_hook=saved_notebook.before_saving",
    ],
    // Jupyter refuses to run as root, as whom containers do; nothing outside of this machine can reach it here.
    ...(runsAsRoot() ? ["--allow-root"] : []),
    ...others,
    // Last, so that no argument and no configuration opens the server to the network or to those without the token.
    ...[
      `--ServerApp.ip=${loopback}`,
      "--ServerApp.allow_remote_access=False",
      "--ServerApp.allow_unauthenticated_access=False",
      "--ServerApp.disable_check_xsrf=False",
    ],
  ];
}

/**
 * The environment of JupyterLab: that of Jupyter, and what saves notebooks (`saved_notebook.py`).
 *
 * @param study The study that notebooks are to belong to; null: the one that is chosen for all.
 */
export function labEnvironment(study: Required<StudyChoice> | null): NodeJS.ProcessEnv {
  const environment = jupyterEnvironment(study);
  const folders = [join(projectRoot, "lib", "study"), environment.PYTHONPATH].filter((folder) => folder);
  return { ...environment, PYTHONPATH: folders.join(delimiter), SONONAS_EXECUTED: join(resultsRoot, "lab") };
}

// A wrong setting is told here, and not in each notebook. TensorFlow is loaded with all that knows settings: only then.
async function checkChoice(study: StudyChoice): Promise<Required<StudyChoice>> {
  const { nameStudy, choiceOf } = await import("./name-study.js");
  const named = nameStudy(study);
  process.stdout.write(`All notebooks belong to the study ${named.name}.\n`);
  return choiceOf(named);
}

async function main(parameters: readonly string[]): Promise<number> {
  if (parameters.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  const { port, study, others } = readLabCommand(parameters);
  const choice = study === null ? null : await checkChoice(study);
  await checkPortFree(port);
  // JupyterLab asks before it stops on the first Ctrl+C, so this process leaves the signal to it.
  process.on("SIGINT", () => undefined);
  const child = spawn(environmentPython, labArguments(port, others), {
    cwd: projectRoot,
    stdio: "inherit",
    env: labEnvironment(choice),
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return exitCodeOf(child);
}

if (require.main === module) runCommand(main);
