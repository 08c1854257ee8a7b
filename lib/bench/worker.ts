import { createInterface } from "node:readline";

import { runCommand } from "../runtime/command";
import { systemClock, type Clock } from "../runtime/environment";
import { answerRequests, type Contender } from "./contender";
import { peakResidentMegabytes } from "../runtime/peak-memory";

/**
 * Runs this process as that of a contender: requests come on standard input, answers go to standard output. Each contender
 * has a file of its own that ends with this, so that its process loads nothing of the others.
 */
export function serveContender(make: (clock: Clock) => Contender): void {
  runCommand(() =>
    answerRequests(
      make(systemClock),
      createInterface({ input: process.stdin }),
      (text) => process.stdout.write(text),
      peakResidentMegabytes,
    ),
  );
}
