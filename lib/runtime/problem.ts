import { visibleText } from "./visible-text";

/** How Node asks an object for its text; by its registered name, as pages of a browser have no module of Node. */
const inspected = Symbol.for("nodejs.util.inspect.custom");

/**
 * Something that the person at the keyboard can mend. It says what is wrong and what to do, and prints without a stack
 * trace, in a terminal and in a notebook.
 */
export class Problem extends Error {
  override readonly name = "Problem";

  /** What is wrong. */
  readonly what: string;
  /** What to do about it. */
  readonly fix: string;

  /**
   * Makes the problem's message of its two sentences. Names in them may be anybody's: no terminal obeys what is in them.
   *
   * @param what What is wrong: the thing, the value, and what was expected.
   * @param fix What to do about it.
   */
  constructor(what: string, fix: string) {
    super(visibleText(`${what} ${fix}`));
    this.what = visibleText(what);
    this.fix = visibleText(fix);
  }

  /** What `console.error` prints, which is what a notebook shows of an error: the message alone. */
  [inspected](): string {
    return this.message;
  }
}
