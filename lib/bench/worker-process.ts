import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { Problem } from "../runtime/problem";
import type { ContenderName } from "./cases";
import type { Answers, Failed, Request } from "./contender";

/** How the process of a contender is started. */
export interface WorkerCommand {
  readonly contender: ContenderName;
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: Record<string, string | undefined>;
}

/** The process of a contender, as the one who asks sees it. */
export interface Worker {
  readonly contender: ContenderName;

  /**
   * Asks for something and waits for the answer.
   *
   * @param request What; one at a time.
   * @throws {Problem} Where the worker says that something failed, or ends before it has answered.
   */
  ask<Ask extends Request["ask"]>(request: Extract<Request, { ask: Ask }>): Promise<Answers[Ask]>;

  /** Ends the process at once, whatever it does. */
  kill(): void;
}

/** How much is kept of what a worker complains of. */
const keptCharacters = 4_000;

/** Starts the process of a contender. */
export function startWorker(command: WorkerCommand): Worker {
  const { contender, program, parameters, environment } = command;
  const child = spawn(program, parameters, { stdio: ["pipe", "pipe", "pipe"], env: environment });
  let complaints = "";
  let failure: Problem | null = null;
  let waiting: { resolve: (answer: never) => void; reject: (reason: Problem) => void } | null = null;

  const fail = (problem: Problem) => {
    failure ??= problem;
    waiting?.reject(failure);
    waiting = null;
  };
  child.stderr.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-keptCharacters)));
  // A worker that is gone cannot be written to; that it is gone is told where it ends.
  child.stdin.on("error", () => undefined);
  child.on("error", (error) => {
    fail(new Problem(`The contender ${contender} cannot be started: ${error.message}.`, fixOf(contender)));
  });
  child.on("close", (code, signal) => {
    fail(describeEnd(contender, code, signal, complaints));
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    // Libraries print what they like; answers are objects.
    if (!line.startsWith("{")) return;
    const answer = JSON.parse(line) as Answers[Request["ask"]] | Failed;
    if ("error" in answer) {
      fail(new Problem(`The contender ${contender} failed: ${answer.error.replace(/\.?$/, ".")}`, fixOf(contender)));
      return;
    }
    waiting?.resolve(answer as never);
    waiting = null;
  });

  return {
    contender,
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (failure !== null) {
          reject(failure);
          return;
        }
        waiting = { resolve, reject };
        child.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    kill: () => child.kill("SIGKILL"),
  };
}

function describeEnd(contender: ContenderName, code: number | null, signal: string | null, complaints: string) {
  if (signal === "SIGKILL") {
    return new Problem(
      `The contender ${contender} was killed, as systems do when memory runs out.`,
      "Free some memory, or measure smaller images: --sizes 32.",
    );
  }
  const how = signal === null ? `with ${String(code)}` : `by ${signal}`;
  const last = complaints.trim().split("\n").at(-1)!;
  return new Problem(
    `The contender ${contender} ended ${how} before it had answered. ${last}`.trim(),
    fixOf(contender),
  );
}

function fixOf(contender: ContenderName): string {
  return contender === "torch"
    ? "Give a Python that has PyTorch: --torch path/of/python."
    : "Run `npm run doctor` to see what is missing.";
}
