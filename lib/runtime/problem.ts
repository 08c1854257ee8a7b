import { inspect } from "node:util";

/**
 * Something that the person at the keyboard can mend. It says what is wrong and what to do, and prints without a stack
 * trace, in a terminal and in a notebook.
 */
export class Problem extends Error {
  override readonly name = "Problem";

  /**
   * Makes the problem's message of its two sentences.
   *
   * @param what What is wrong: the thing, the value, and what was expected.
   * @param fix What to do about it.
   */
  constructor(
    readonly what: string,
    readonly fix: string,
  ) {
    super(`${what} ${fix}`);
  }

  /** What `console.error` prints, which is what a notebook shows of an error: the message alone. */
  [inspect.custom](): string {
    return this.message;
  }
}
