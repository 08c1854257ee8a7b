import type { ContenderName } from "../../lib/bench/cases";
import type { WorkerCommand } from "../../lib/bench/worker-process";

/** How a made-up contender answers; the defaults are those of one that does as it is asked. */
export interface FakeContender {
  /** JavaScript: an expression of `number`, what a step takes in milliseconds. */
  milliseconds: string;
  /** How many parameters it says that it has. */
  parameters: number;
  /** JavaScript that is run before a step is answered; `number` is the step's. */
  beforeStep: string;
  /** A file that gets a line for everything that it is asked; "" for none. */
  log: string;
}

/** The program of a made-up contender, in JavaScript. */
export function fakeProgram(name: string, behaviour: Partial<FakeContender> = {}): string {
  const { milliseconds = "10", parameters = 7, beforeStep = "", log = "" } = behaviour;
  return `
    const answer = (content) => process.stdout.write(JSON.stringify(content) + "\\n");
    const note = (text) => ${JSON.stringify(log)} && require("fs").appendFileSync(${JSON.stringify(log)}, ${JSON.stringify(name)} + " " + text + "\\n");
    require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
      const { ask, number } = JSON.parse(line);
      note(ask + (ask === "step" ? " " + number : ""));
      if (ask === "prepare") answer({ ready: true, parameters: ${parameters}, about: ${JSON.stringify(`made up, ${name}`)} });
      if (ask === "step") { ${beforeStep}; answer({ milliseconds: ${milliseconds}, loss: number }); }
      if (ask === "end") { answer({ peakRssMb: 1024 }); process.exit(0); }
    });`;
}

/** Starts a made-up contender in a process of Node. */
export function fakeCommand(contender: ContenderName, behaviour: Partial<FakeContender> = {}): WorkerCommand {
  return {
    contender,
    program: process.execPath,
    parameters: ["-e", fakeProgram(contender, behaviour)],
    environment: process.env,
  };
}
