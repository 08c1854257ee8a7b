import { withDefaults } from "../../runtime/options";
import { Problem } from "../../runtime/problem";

/** What only the author of a study can say. What is null is printed as not reported. */
export interface AuthorStatements {
  /** Who made the study. */
  authors: string | null;
  /** For whom and for what the network might be of use; what it is not for. */
  intendedUse: string | null;
  /** Which examinations were included, and which were not. */
  eligibility: string | null;
  /** When and where the images were taken. */
  setting: string | null;
  /** How the class of each lesion is known, and who assessed it. */
  referenceStandard: string | null;
  /** Who drew the outlines, with which experience, and how far they agree. */
  annotation: string | null;
  /** Why there are as many images as there are. */
  sampleSize: string | null;
  /** What happened to missing data. */
  missingData: string | null;
  /** What is known of fairness: age, origin, equipment. */
  fairness: string | null;
  /** How patients or the public were involved. */
  involvement: string | null;
  /** What ethics committees said. */
  ethics: string | null;
  /** Where a protocol was registered beforehand. */
  protocol: string | null;
  /** Who paid, and what they had a say in. */
  funding: string | null;
  /** Interests that compete. */
  interests: string | null;
  /** Where code, models and predictions can be had. */
  availability: string | null;
}

const none: AuthorStatements = {
  authors: null,
  intendedUse: null,
  eligibility: null,
  setting: null,
  referenceStandard: null,
  annotation: null,
  sampleSize: null,
  missingData: null,
  fairness: null,
  involvement: null,
  ethics: null,
  protocol: null,
  funding: null,
  interests: null,
  availability: null,
};

/**
 * Fills statements with null and checks them.
 *
 * @param given What the author says.
 * @returns Every statement; null where nothing, or nothing but spaces, is said.
 * @throws {Problem} Where a key is unknown or a statement is no text.
 */
export function checkStatements(given: Partial<AuthorStatements>): AuthorStatements {
  const filled = withDefaults<AuthorStatements>("The author's statements", given, none);
  const entries = Object.entries(filled).map(([name, said]: [string, unknown]) => {
    if (said !== null && typeof said !== "string") {
      throw new Problem(
        `The author's statement ${name} is ${JSON.stringify(said)}, expected a text.`,
        "Write a sentence, or leave it out.",
      );
    }
    return [name, said === null || said.trim() === "" ? null : said];
  });
  return Object.fromEntries(entries) as AuthorStatements;
}
