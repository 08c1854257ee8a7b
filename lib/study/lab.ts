/**
 * `npm run lab`: opens JupyterLab on the notebooks, for this machine only and behind Jupyter's token.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { createServer } from "node:net";

import { runCommand } from "../runtime/command";
import { environmentPython, jupyterEnvironment, projectRoot, runsAsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { exitCodeOf } from "./exit-code";

/** The address that only this machine can reach. */
const loopback = "127.0.0.1";

/** Jupyter's own default. */
const defaultPort = 8888;

/**
 * Reads the port from the command line.
 *
 * @param parameters `--port 8889` or `--port=8889`; the others are Jupyter's.
 * @returns The port, and the parameters without it.
 * @throws {Problem} Where it is not a port.
 */
export function readPort(parameters: readonly string[]): { port: number; others: string[] } {
  const others: string[] = [];
  let text: string | undefined;
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index]!;
    if (parameter === "--port") text = parameters[++index] ?? "";
    else if (parameter.startsWith("--port=")) text = parameter.slice("--port=".length);
    else others.push(parameter);
  }
  const port = text === undefined ? defaultPort : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(
      `The port is "${text}", expected a whole number from 1 to 65535.`,
      "For example: `npm run lab -- --port 8889`.",
    );
  }
  return { port, others };
}

/**
 * Makes sure that nothing listens on a port yet.
 *
 * @param port The port.
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
 * @param port The port to listen on.
 * @param others The user's own arguments for JupyterLab, which come last but for the address.
 * @returns The arguments.
 */
export function labArguments(port: number, others: readonly string[]): string[] {
  return [
    // Two of Jupyter's own extensions make it warn about the last of these settings, under which they work.
    ...["-W", "ignore:Extension endpoints", "-m", "jupyterlab", `--ServerApp.root_dir=${projectRoot}`],
    ...[
      "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
    ],
    // Jupyter refuses to run as root, as whom containers do; nothing outside of this machine can reach it here.
    ...(runsAsRoot() ? ["--allow-root"] : []),
    ...others,
    // Last, so that no argument and no configuration opens the server to the network or to those without the token.
    ...[
      `--ServerApp.ip=${loopback}`,
      "--ServerApp.allow_remote_access=False",
      "--ServerApp.allow_unauthenticated_access=False",
    ],
  ];
}

async function main(parameters: readonly string[]): Promise<number> {
  const { port, others } = readPort(parameters);
  await checkPortFree(port);
  // JupyterLab asks before it stops on the first Ctrl+C, so this process leaves the signal to it.
  process.on("SIGINT", () => undefined);
  const child = spawn(environmentPython, labArguments(port, others), {
    cwd: projectRoot,
    stdio: "inherit",
    env: jupyterEnvironment(),
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return exitCodeOf(child);
}

if (require.main === module) runCommand(main);
