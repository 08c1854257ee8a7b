import { Problem } from "../../runtime/problem";

/** What a cluster gives each unit. */
export interface Resources {
  /** The time limit in minutes: a unit that reaches it saves, and goes on in a job of its own. */
  readonly minutes: number;
  /** Memory, as sbatch takes it: "4G". */
  readonly memory: string;
  readonly partition: string | null;
  readonly account: string | null;
  readonly gpus: number;
  /** How many units run at a time at most; null: as many as the cluster gives. */
  readonly atOnce: number | null;
  /** What else is handed to sbatch, word by word. */
  readonly others: readonly string[];
}

/** The shortest time limit in minutes: loading takes seconds, and within an epoch a unit saves once a minute. */
const leastMinutes = 2;

/** What the scripts set themselves: another value would break the units' contract. */
const own =
  /^(?:--(?:array|dependency|output|error|wrap|export|signal|parsable|wait|job-name|comment|requeue|no-requeue|open-mode|ntasks|nodes|chdir)(?:=|$)|-[adoeWJnND])/;

/**
 * Checks what a cluster is asked for.
 *
 * @throws {Problem} Where the time is too short to get anywhere, the memory is none, or an option is one that the scripts set.
 */
export function checkResources(resources: Resources): Resources {
  const { minutes, memory, others } = resources;
  if (minutes < leastMinutes) {
    throw new Problem(
      `The time limit is ${minutes} min, shorter than it takes a unit to load and to reach its first checkpoint, which is written once a minute.`,
      `Give --time ${leastMinutes} or more.`,
    );
  }
  if (!/^[1-9]\d*[KMGT]?$/.test(memory))
    throw new Problem(`--memory is "${memory}", expected a number with a unit.`, "For example: --memory 4G.");
  const taken = others.find((word) => own.test(word));
  if (taken !== undefined)
    throw new Problem(`--sbatch has ${taken}, which the scripts set themselves.`, "Leave it out.");
  return resources;
}

/**
 * Reads a time limit as sbatch does.
 *
 * @param text Minutes, "hours:minutes:seconds" or "days-hours:minutes:seconds".
 * @returns Minutes, whole ones.
 * @throws {Problem} Where it is none.
 */
export function readMinutes(text: string): number {
  const match = /^(?:(\d+)-)?(\d+)(?::(\d{1,2}))?(?::(\d{1,2}))?$/.exec(text);
  if (match === null) throw new Problem(`--time is "${text}", expected minutes.`, "For example: --time 240.");
  const parts = match.slice(1) as (string | undefined)[];
  const [days, first, second, third] = parts.map((part) => (part === undefined ? null : Number(part)));
  if (days != null) return days * 1440 + first! * 60 + (second ?? 0);
  return third === null ? (second === null ? first! : first! + Math.ceil(second! / 60)) : first! * 60 + second!;
}

/**
 * Divides the words of `--sbatch` as a shell would: quotes keep a word together. Nothing else means anything.
 *
 * @throws {Problem} Where a quote is not closed, or a word is no option.
 */
export function readWords(text: string): string[] {
  const words = [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replaceAll(/["']/g, ""));
  const quotes = text.replaceAll(/"[^"]*"|'[^']*'/g, "");
  if (/["']/.test(quotes)) throw new Problem(`--sbatch has a quote that is not closed: ${text}`, "Close it.");
  if (words.length === 0 || !words[0]!.startsWith("-") || words.some((word) => /[\x00-\x1f\x7f]/.test(word)))
    throw new Problem(`--sbatch is "${text}", expected options of sbatch.`, 'For example: --sbatch "--qos=long".');
  return words;
}
