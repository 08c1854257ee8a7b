import { Problem } from "../runtime/problem";

/**
 * Checks a list of numbers before it is computed with: a NaN would otherwise run through to the result.
 *
 * @param name What the numbers are, as the message should name them: "scores".
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
 * @param other What it must be as many as: "rows of features".
 * @throws {Problem} Where the lengths differ.
 */
export function checkSameLength(name: string, found: number, other: string, expected: number): void {
  if (found !== expected) {
    throw new Problem(`There are ${found} ${name} for ${expected} ${other}.`, "Give one for each, in the same order.");
  }
}

/**
 * Checks labels, of which one class may be absent.
 *
 * @throws {Problem} Where one is neither 0 nor 1.
 */
export function checkLabels(labels: readonly number[]): void {
  const wrong = labels.findIndex((label) => label !== 0 && label !== 1);
  if (wrong >= 0) {
    throw new Problem(
      `Label ${wrong}, counted from 0, is ${labels[wrong]}, expected 0 or 1.`,
      "Give 1 to the class that is looked for, malignant for example, and 0 to the other.",
    );
  }
}

/**
 * Checks labels of two classes.
 *
 * @throws {Problem} Where one is neither 0 nor 1, or one class is absent.
 */
export function checkTwoClasses(labels: readonly number[]): void {
  checkLabels(labels);
  const ones = labels.filter((label) => label === 1).length;
  if (ones === 0 || ones === labels.length) {
    throw new Problem(
      `All of the ${labels.length} labels are of one class, ${ones === 0 ? 0 : 1}; both are needed.`,
      "Use more samples, or folds in which each class is present.",
    );
  }
}

/**
 * Checks probabilities.
 *
 * @param name What they are, as the message should name them: "probabilities".
 * @param values The probabilities, at least one.
 * @throws {Problem} Where there are none, or one is not a number from 0 to 1: a logit, for example.
 */
export function checkProbabilities(name: string, values: readonly number[]): void {
  checkNumbers(name, values);
  const wrong = values.findIndex((value) => value < 0 || value > 1);
  if (wrong >= 0) {
    throw new Problem(
      `Number ${wrong} of the ${name}, counted from 0, is ${values[wrong]}, expected a number from 0 to 1.`,
      "Pass a logit through the logistic function first.",
    );
  }
}

/**
 * Checks how often intervals are to hold the true value.
 *
 * @throws {Problem} Where it is not between 0 and 1.
 */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new Problem(
      `The confidence is ${confidence}, expected a number between 0 and 1.`,
      "Give 0.95 for 95 per cent.",
    );
  }
}

/**
 * Checks a list of counts.
 *
 * @param counts The counts by their names, as the message should name them: `{ onlyFirst: 3 }`.
 * @throws {Problem} Where one is not a whole number from 0.
 */
export function checkCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new Problem(`The count ${name} is ${count}, expected a whole number from 0.`, "Count whole samples.");
    }
  }
}

/**
 * Checks two lists that are to be correlated.
 *
 * @throws {Problem} Where the lists differ in length, are too short, hold what is not finite, or are constant.
 */
export function checkPairs(first: readonly number[], second: readonly number[]): void {
  checkNumbers("values in the first list", first, 2);
  checkNumbers("values in the second list", second, 2);
  checkSameLength("values in the second list", second.length, "values in the first", first.length);
  for (const [name, list] of [
    ["first", first],
    ["second", second],
  ] as const) {
    if (list.every((value) => value === list[0])) {
      throw new Problem(
        `All values of the ${name} list are ${list[0]}: there is no correlation with what does not vary.`,
        "Compare what differs, and leave this one out.",
      );
    }
  }
}
