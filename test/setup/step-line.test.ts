import { equal, match, ok } from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

import { startStepLine } from "../../setup/engine/step-line.cjs";

/** What a step that takes 60 ms writes, where lines come every 20 ms. */
async function written(isTTY: boolean): Promise<string[]> {
  const texts: string[] = [];
  const line = startStepLine("Fast kernels", { isTTY, columns: 30, write: (text) => texts.push(text) }, 20);
  line.say("one of three is there, and more is said than fits");
  await setTimeout(70);
  line.end();
  const count = texts.length;
  await setTimeout(40);
  equal(texts.length, count, "nothing comes after the end");
  return texts;
}

describe("startStepLine(title, output)", () => {
  it("writes a line now and then where it goes to a file, so that a long step is seen to live", async () => {
    const [first, second, ...more] = await written(false);
    equal(first, "Fast kernels …\n");
    match(second!, /^Fast kernels … \d+ s {2}one of three is there, and more is said than fits\n$/);
    ok(more.length > 0);
  });

  it("writes over one line of a terminal, no longer than it is wide, and leaves nothing behind", async () => {
    const texts = await written(true);
    ok(texts.length > 2);
    for (const text of texts) ok(text.startsWith("\r\x1b[2K") && text.length <= 5 + 29, text);
    equal(texts.at(-1), "\r\x1b[2K");
  });
});
