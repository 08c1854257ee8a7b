import { equal, match } from "node:assert/strict";

import { isInterruption, readerText } from "../../setup/notebook/reader-text.cjs";

describe("readerText(name, text)", () => {
  it("keeps the reason and the reader's own lines of a stack, and leaves out the kernel's", () => {
    const text = [
      "Error: no images",
      "    at load (/home/me/sononas/dist/data/load.js:3:9)",
      "    at evalmachine.<anonymous>:5:7",
      "    at Script.runInThisContext (node:vm:135:14)",
      "    at /home/me/sononas/setup/notebook/cells.cjs:52:40",
      "    at /home/me/sononas/node_modules/tslab/dist/jupyter.js:208:57",
    ];
    equal(readerText("stderr", text.join("\n")), text.slice(0, 3).join("\n"));
    // What a cell prints itself stays as it is.
    equal(readerText("stdout", text.join("\n")), text.join("\n"));
  });

  it("says what to do after an interruption", () => {
    const stack =
      "Error: Interrupted asynchronously\n    at createExecutor (/x/node_modules/tslab/dist/executor.js:91:23)\n";
    const inLoop =
      "Error: Script execution was interrupted by `SIGINT`\n    at evalmachine.<anonymous>:1:1 {\n  code: 'ERR_SCRIPT_EXECUTION_INTERRUPTED'\n}\n";
    for (const text of [stack, inLoop]) {
      equal(isInterruption(text), true);
      equal(readerText("stderr", text), "The cell was interrupted. Run it again to go on.\n");
    }
    equal(isInterruption("Error: no\n"), false);
  });

  it("asks for an await where the compiler speaks of a promise, and nowhere else", () => {
    const wrong = "1:7 - Property 'settings' does not exist on type 'Promise<Study>'.\n";
    match(readerText("stderr", wrong), /^1:7 - Property[^\n]*\nPerhaps an await was forgotten[^\n]*\n$/);
    match(
      readerText("stderr", "./own 2:1 - Argument of type 'Promise<number[]>' is not assignable.\n  More\n"),
      /More\nPerhaps an await/,
    );
    for (const other of ["1:7 - Cannot find name 'x'.\n", "Promise<Study> is printed\n", "Error: Promise<x>\n"])
      equal(readerText("stderr", other), other);
  });

  it("tells of a promise that a cell ends with", () => {
    match(readerText("stdout", "Promise { <pending> }\n"), /\nIts work has only begun: an await was forgotten/);
    equal(readerText("stdout", "Promise { 3 }\n"), "Promise { 3 }\n");
    // As Node prints one that knows its cell.
    const carried =
      "Promise {\n  <pending>,\n  [Symbol(async_id_symbol)]: 318,\n  [Symbol(trigger_async_id_symbol)]: 306,\n  [Symbol(kResourceStore)]: [Function: outputs]\n}\n";
    match(readerText("stdout", carried), /^Promise \{ <pending> \}\nIts work/);
    equal(readerText("stdout", carried.replace("<pending>", "3")), "Promise { 3 }\n");
  });
});
