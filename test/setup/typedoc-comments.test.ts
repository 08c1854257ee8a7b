import { deepEqual } from "node:assert/strict";

import { load } from "../../setup/typedoc-comments.cjs";

describe("the plugin of TypeDoc", () => {
  const said = (...lines: readonly (readonly ["warn" | "info", string])[]) => {
    const heard: string[] = [];
    const logger = {
      warn: (text: string) => heard.push(`warn ${text}`),
      info: (text: string) => heard.push(`info ${text}`),
    };
    load({ logger });
    for (const [level, text] of lines) logger[level](text);
    return heard;
  };
  const several = "epochs has multiple declarations with a comment. An arbitrary comment will be used";

  it("says nothing of an option that is described in one place, however often it is found there", () => {
    deepEqual(said(["warn", several], ["info", "The comments are declared at:\n\ta.ts:3\n\ta.ts:3"]), []);
  });

  it("hands on what is described in two places, and all else", () => {
    const places = "The comments are declared at:\n\ta.ts:3\n\tb.ts:9";
    deepEqual(said(["warn", several], ["info", places]), [`warn ${several}`, `info ${places}`]);
    deepEqual(said(["warn", "a link leads nowhere"], ["info", "done"]), ["warn a link leads nowhere", "info done"]);
  });
});
