/**
 * A process that reads mutants one after the other and tells what came of each; whoever started it ends it where one takes too
 * long, and starts another behind it.
 *
 * @module
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { formats, mutantOf, place, restore, type Base } from "./formats";
import type { Told, WorkerOrder } from "./outcomes";

const tell = (told: Told) => process.send!(told);

async function work({ seed, folder, from, jobs }: WorkerOrder): Promise<void> {
  // Decoders may write what they think of a stream.
  console.log = console.warn = console.error = () => undefined;
  let bases: readonly Base[] = [];
  let [prepared, own] = ["", ""];
  for (let job = from; job < jobs.length; job++) {
    const { format: name, index } = jobs[job]!;
    const format = formats.find((one) => one.name === name)!;
    if (prepared !== name) {
      own = join(folder, `${name}-${process.pid}`);
      mkdirSync(own, { recursive: true });
      bases = await format.bases(own);
      prepared = name;
    }
    const base = bases[index % bases.length]!;
    const mutant = mutantOf(base, createRandom(seed).split(`${name} ${index}`));
    const { path, name: file } = place(base, mutant, own);
    tell({ kind: "begun", job, mutant: join(own, base.within === undefined ? `fuzzed-${base.file}` : base.file) });
    const begun = performance.now();
    let [outcome, message]: [Extract<Told, { kind: "ended" }>["outcome"], string] = ["read", ""];
    try {
      const dropped = await format.read(path);
      if (dropped !== null) [outcome, message] = ["silent drop", dropped];
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
      if (!(error instanceof Problem)) [outcome, message] = ["crash", error instanceof Error ? error.stack! : message];
      else outcome = message.includes(file) ? "refused by name" : "without a file";
    }
    restore(base, own);
    const isBad = outcome !== "read" && outcome !== "refused by name";
    tell({
      ...{ kind: "ended", job, outcome, message, milliseconds: performance.now() - begun },
      bytes: isBad ? mutant.toString("base64") : "",
    });
  }
}

process.once("message", (order: WorkerOrder) => {
  work(order).then(
    () => process.exit(0),
    (error: unknown) => {
      tell({ kind: "failed", message: error instanceof Error ? error.stack! : String(error) });
      process.exit(3);
    },
  );
});
