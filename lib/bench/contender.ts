/**
 * What is asked of a contender, and what it answers: one JSON object a line, on standard input and standard output.
 *
 * @module
 */
import type { Stem } from "./case-network";
import type { CaseName, ImageSize, update } from "./cases";

/** What a contender says once it is ready for steps. */
export interface Prepared {
  /** How many trainable parameters its network has, of all architectures together: all contenders must have as many. */
  readonly parameters: number;
  /** What computes, in words: "TensorFlow 2.21.0, oneDNN on". */
  readonly about: string;
}

/** What a contender measured of a step. */
export interface Measured {
  /** The wall time of the step, from its start until its loss was read, in milliseconds. */
  readonly milliseconds: number;
  /** The loss, of a training step before the update; of a reward, the accuracy, 0 to 1. */
  readonly loss: number;
}

/** One who is measured, within its own process. */
export interface Contender {
  /** Builds the network of a case, its weights and its batch. */
  prepare(name: CaseName, size: ImageSize): Prepared | Promise<Prepared>;

  /** Does the step of a number, from 0, which picks the architecture, and takes its time. */
  step(number: number): Measured | Promise<Measured>;

  /** Releases its tensors. */
  end(): void;
}

/** The first request to a worker. */
export interface PrepareRequest {
  readonly ask: "prepare";
  readonly case: CaseName;
  readonly size: ImageSize;
  readonly threads: number;
  readonly batch: number;
  readonly channels: number;
  readonly classes: number;
  readonly stem: Stem;
  readonly update: typeof update;
}

/** A request to a worker. */
export type Request = PrepareRequest | { readonly ask: "step"; readonly number: number } | { readonly ask: "end" };

/** What a worker answers to the last request. */
export interface Ended {
  /** The most memory that was resident in its process, in units of 2²⁰ bytes. */
  readonly peakRssMb: number;
}

/** What a worker answers where something fails, before it ends with 1. */
export interface Failed {
  /** What is wrong, in a sentence. */
  readonly error: string;
}

/** What a worker answers to each request. */
export interface Answers {
  readonly prepare: Prepared;
  readonly step: Measured;
  readonly end: Ended;
}

/**
 * Answers the requests to a contender, one after the other, until the last.
 *
 * @param lines The requests, one JSON object a line.
 * @param write Takes the answers: lines of the same form, with their ends.
 * @returns The exit code: 0, or 1 where something failed, which is an answer, too. Also 1 where the requests end before
 *   they should: whoever asks is gone.
 */
export async function answerRequests(
  contender: Contender,
  lines: AsyncIterable<string>,
  write: (text: string) => unknown,
  peakMegabytes: () => number,
): Promise<number> {
  const answer = (content: object) => write(`${JSON.stringify(content)}\n`);
  try {
    for await (const line of lines) {
      const request = JSON.parse(line) as Request;
      switch (request.ask) {
        case "prepare":
          answer({ ready: true, ...(await contender.prepare(request.case, request.size)) });
          break;
        case "step":
          answer(await contender.step(request.number));
          break;
        case "end":
          answer({ peakRssMb: peakMegabytes() });
          contender.end();
          return 0;
      }
    }
  } catch (error) {
    answer({ error: error instanceof Error ? error.message : String(error) });
  }
  return 1;
}
