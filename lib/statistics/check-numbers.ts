import { Problem } from "../runtime/problem";

/**
 * Checks a list of numbers before it is computed with: a NaN would otherwise run through to the result.
 *
 * @param name What the numbers are, as the message should name them: "scores".
 * @param values The numbers.
 * @param least How many there must be at least; default: 1.
 * @throws {Problem} Where there are too few, or one is not finite.
 */
export function checkNumbers(name: string, values: readonly number[], least = 1): void {
  if (values.length < least) {
    throw new Problem(
      `There are ${values.length} ${name}, expected at least ${least}.`,
      "Look at what the list was made from.",
    );
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new Problem(
      `Number ${wrong} of the ${name}, counted from 0, is ${values[wrong]}, expected a finite number.`,
      "Leave out what could not be measured, or look at how it was computed.",
    );
  }
}

/**
 * Checks that two lists belong together.
 *
 * @param name What the first list holds: "labels".
 * @param found How many it has.
 * @param other What it must be as many as: "rows of features".
 * @param expected How many of these there are.
 * @throws {Problem} Where the lengths differ.
 */
export function checkSameLength(name: string, found: number, other: string, expected: number): void {
  if (found !== expected) {
    throw new Problem(`There are ${found} ${name} for ${expected} ${other}.`, "Give one for each, in the same order.");
  }
}

/**
 * Checks labels of two classes.
 *
 * @param labels The labels.
 * @throws {Problem} Where one is neither 0 nor 1, or one class is absent.
 */
export function checkTwoClasses(labels: readonly number[]): void {
  const wrong = labels.findIndex((label) => label !== 0 && label !== 1);
  if (wrong >= 0) {
    throw new Problem(
      `Label ${wrong}, counted from 0, is ${labels[wrong]}, expected 0 or 1.`,
      "Give 1 to the class that is looked for, malignant for example, and 0 to the other.",
    );
  }
  const ones = labels.filter((label) => label === 1).length;
  if (ones === 0 || ones === labels.length) {
    throw new Problem(
      `All of the ${labels.length} labels are of one class, ${ones === 0 ? 0 : 1}; both are needed.`,
      "Use more samples, or folds in which each class is present.",
    );
  }
}
