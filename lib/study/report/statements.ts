import * as v from "valibot";

import { nullable } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";

const statement = () => v.optional(nullable(v.string("a text")), null);

const statementsSchema = v.strictObject({
  /** Who made the study. */
  authors: statement(),
  /** For whom and for what the network might be of use; what it is not for. */
  intendedUse: statement(),
  /** Which examinations were included, and which were not. */
  eligibility: statement(),
  /** When and where the images were taken. */
  setting: statement(),
  /** How the class of each lesion is known, and who assessed it. */
  referenceStandard: statement(),
  /** Who drew the outlines, with which experience, and how far they agree. */
  annotation: statement(),
  /** Why there are as many images as there are. */
  sampleSize: statement(),
  /** What happened to missing data. */
  missingData: statement(),
  /** What is known of fairness: age, origin, equipment. */
  fairness: statement(),
  /** How patients or the public were involved. */
  involvement: statement(),
  /** What ethics committees said. */
  ethics: statement(),
  /** Where a protocol was registered beforehand. */
  protocol: statement(),
  /** Who paid, and what they had a say in. */
  funding: statement(),
  /** Interests that compete. */
  interests: statement(),
  /** Where code, models and predictions can be had. */
  availability: statement(),
});

/**
 * What only the author of a study can say. What is null is printed as not reported.
 *
 * @interface
 */
export type AuthorStatements = v.InferOutput<typeof statementsSchema>;

/**
 * Fills statements with null and checks them.
 *
 * @returns Every statement; null where nothing, or nothing but spaces, is said.
 * @throws {Problem} Where a key is unknown or a statement is no text.
 */
export function checkStatements(given: Partial<AuthorStatements>): AuthorStatements {
  const filled = checkOptions("The author's statements", statementsSchema, given);
  const entries = Object.entries(filled).map(([name, said]) => [name, said?.trim() === "" ? null : said]);
  return Object.fromEntries(entries) as AuthorStatements;
}
