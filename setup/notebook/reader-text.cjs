"use strict";

/** The kernel's own frames in an error's stack: what is left are the reader's cells and the library. */
const innerFrame = /^\s+at .*(?:node_modules\/tslab\/|setup\/notebook|\(node:|sigintHandlersWrap)/;

/** How the kernel says that a cell was interrupted: while it waited, or while it computed. */
const interruption = /^Error: (?:Interrupted asynchronously|Script execution was interrupted by `SIGINT`)/;

/** What the compiler says of a cell, "3:5 - Property 'x' does not exist on type 'Promise<Study>'.", where it speaks of a promise. */
const wrongPromise = /^(?:\S+ )?\d+:\d+ - [^]*\bPromise</;

/** What the kernel prints of a cell whose last line gives a promise. */
const openPromise = /^Promise \{ <pending> \}\n$/;

/** What Node hangs on promises to know which cell they are of, and prints with them. */
const carried =
  /,\s*\[Symbol\((?:async_id_symbol|trigger_async_id_symbol|kResourceStore)\)\]: (?:\d+|\[Function: outputs\])/g;

/**
 * Says whether this is how the kernel tells of an interruption.
 *
 * @param {string} text What it prints as an error.
 * @returns {boolean}
 */
const isInterruption = (text) => interruption.test(text);

/**
 * Puts into a reader's words what the kernel prints below a cell: no frames of its own, what to do after an interruption, and that
 * an `await` was forgotten.
 *
 * @param {string} name The stream: "stdout", "stderr".
 * @param {string} text What is printed.
 * @returns {string}
 */
function readerText(name, text) {
  if (name === "stdout") {
    const bare = text.replace(carried, "");
    const printed = bare === text ? text : bare.replace(/Promise \{\s+(<?\w+>?)\s+\}/g, "Promise { $1 }");
    if (!openPromise.test(printed)) return printed;
    return `${printed}Its work has only begun: an await was forgotten. Write it before what gives the promise, and run the cell again.\n`;
  }
  if (isInterruption(text)) return "The cell was interrupted. Run it again to go on.\n";
  const lines = text.split("\n").filter((line) => !innerFrame.test(line));
  const told = lines.join("\n");
  if (!wrongPromise.test(told)) return told;
  return `${told.replace(/\n$/, "")}\nPerhaps an await was forgotten: what is a Promise is there once it is awaited. Write await before what gives it.\n`;
}

module.exports = { isInterruption, readerText };
