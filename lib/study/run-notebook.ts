import { spawn } from "node:child_process";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";

import { environmentPython, jupyterEnvironment, projectRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { exitCodeOf } from "./exit-code";
import type { StudyChoice } from "./changes";

/** What happens while a notebook runs; numbers of cells count code cells from 1. */
export type NotebookEvent =
  | { readonly event: "start"; readonly cells: number }
  | { readonly event: "cell"; readonly number: number; readonly heading: string }
  | { readonly event: "say"; readonly text: string }
  | { readonly event: "done"; readonly number: number; readonly seconds: number }
  | { readonly event: "failed"; readonly number: number; readonly source: string; readonly text: string }
  | { readonly event: "end" };

/** How a notebook ended. */
export type NotebookOutcome = "done" | "failed" | "interrupted";

/**
 * Executes a notebook without a screen, in a kernel of its own.
 *
 * @param source The notebook, which stays as it is.
 * @param target Where the executed copy goes; it is written after every cell.
 * @param study The study that it is to belong to; default: what stands in the notebook.
 * @returns How it ended. A failing cell is not thrown: it comes as an event, and its output is in the copy.
 * @throws {Problem} Where the notebook could not be started at all.
 */
export async function runNotebook(
  source: string,
  target: string,
  onEvent: (event: NotebookEvent) => void,
  study: StudyChoice | null = null,
): Promise<NotebookOutcome> {
  const script = join(projectRoot, "lib", "study", "execute_notebook.py");
  const child = spawn(environmentPython, [script, source, target], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: jupyterEnvironment(study),
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  // From the keyboard, the interruption reaches the child by itself; asked by another program, it is passed on.
  const stop = () => child.kill("SIGINT");
  process.on("SIGTERM", stop);
  const passEvents = async (): Promise<boolean> => {
    let ended = false;
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as NotebookEvent;
      ended ||= event.event === "failed" || event.event === "end";
      onEvent(event);
    }
    return ended;
  };
  // Both are waited for from the start: the process may fail before it has printed a line.
  const [code, ended] = await Promise.all([exitCodeOf(child), passEvents()]).finally(() =>
    process.off("SIGTERM", stop),
  );
  if (code === 130) return "interrupted";
  if (code === 0) return "done";
  if (ended) return "failed";
  const last = errors.trim().split("\n").slice(-1)[0] ?? "";
  throw new Problem(
    `${basename(source)} could not be executed: ${last || `Python ended with ${code}`}.`,
    "Run `npm run doctor` to see what is missing.",
  );
}
