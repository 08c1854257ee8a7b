import { deepEqual, equal } from "node:assert/strict";

import { answerRequests, type Contender } from "../../lib/bench/contender";
import { Problem } from "../../lib/runtime/problem";

/** Asks a contender, and gives its exit code and its answers. */
async function ask(contender: Contender, requests: readonly object[]) {
  const answers: unknown[] = [];
  async function* lines() {
    for (const request of requests) yield await Promise.resolve(JSON.stringify(request));
  }
  const code = await answerRequests(
    contender,
    lines(),
    (text) => {
      equal(text.indexOf("\n"), text.length - 1, "an answer is one line");
      answers.push(JSON.parse(text));
    },
    () => 512,
  );
  return { code, answers };
}

let ended = 0;
const steady: Contender = {
  prepare: (name, size) => ({ parameters: size, about: name }),
  step: (number) => Promise.resolve({ milliseconds: number * 10, loss: 1 }),
  end: () => {
    ended++;
  },
};

describe("answerRequests(contender, lines, write, peakMegabytes)", () => {
  it("answers each request in order, and ends with the last", async () => {
    const requests = [
      { ask: "prepare", case: "reward", size: 64 },
      { ask: "step", number: 0 },
      { ask: "step", number: 1 },
      { ask: "end" },
      { ask: "step", number: 2 },
    ];
    ended = 0;
    deepEqual(await ask(steady, requests), {
      code: 0,
      answers: [
        { ready: true, parameters: 64, about: "reward" },
        { milliseconds: 0, loss: 1 },
        { milliseconds: 10, loss: 1 },
        { peakRssMb: 512 },
      ],
    });
    equal(ended, 1);
  });

  it("says what fails, and ends with 1", async () => {
    const failing: Contender = {
      ...steady,
      step: () => {
        throw new Problem("It broke.", "Mend it.");
      },
    };
    deepEqual(
      await ask(failing, [
        { ask: "step", number: 0 },
        { ask: "step", number: 1 },
      ]),
      { code: 1, answers: [{ error: "It broke. Mend it." }] },
    );
  });

  it("ends with 1 where the one who asks is gone", async () => {
    equal((await ask(steady, [{ ask: "step", number: 0 }])).code, 1);
  });
});
