/**
 * Which kernels compute: our own, compiled by the set-up for this processor, or those that come with TensorFlow. Both give
 * the same numbers to float32 accuracy; ours are faster.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { kernelsFolder, readVariable } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { describeRuntime, tf } from "../runtime/tensorflow";

/** What computes, and why. */
export interface KernelChoice {
  /** Whose kernels. */
  readonly kind: "own" | "tensorflow";
  /** For which kind of processor ours were compiled; null for TensorFlow's. */
  readonly variant: string | null;
  /** Why these. */
  readonly reason: string;
  /** How many threads share the work of one operation. */
  readonly threads: number;
}

/** What a compiled library gives to Node before its kernels are used. */
interface Library {
  readonly variant: string;
  supported(): boolean;
  /** Registers its operations with TensorFlow, and gives their names and those of their attributes in order. */
  start(threads: number): readonly { readonly name: string; readonly attributes: readonly string[] }[];
}

/** One of our own kernels, as it is called past TensorFlow. */
export interface OwnOperation {
  /** Its number in the library. */
  readonly number: number;
  /** The names of its attributes in order. */
  readonly attributes: readonly string[];
}

/** The part of our own library that is used past TensorFlow. */
export interface OwnLibrary {
  /** Its kernels by name. */
  readonly operations: ReadonlyMap<string, OwnOperation>;
  /** Makes the calls that the first `count` numbers say; how they are laid out says `native/direct.h`. */
  call(numbers: Float64Array, count: number): void;
  /** Gives the first of so many places for results in its table; they are the caller's for good. */
  reserve(count: number): number;
  /** How many bytes are kept for later results. */
  keptBytes(): number;
  /** Hands them back to the system. */
  release(): void;
}

/** The compiled libraries, the fastest first. */
const variants = ["avx512", "avx2", "portable"] as const;

let library: (Library & OwnLibrary) | null = null;
let automatic: KernelChoice | null = null;
let forced: "own" | "tensorflow" | null = null;

/**
 * Says which kernels compute in this process; the first call loads them.
 *
 * @returns The choice and its reason.
 * @throws {Problem} Where `SONONAS_KERNELS` is neither "own" nor "tensorflow" nor a variant of ours, "avx2" for example, or asks for
 *   ours and they are not there.
 */
export function describeKernels(): KernelChoice {
  automatic ??= choose(kernelsFolder);
  if (forced === null || forced === automatic.kind) return automatic;
  const { threads } = automatic;
  return { kind: "tensorflow", variant: null, reason: "asked for by the program", threads };
}

/**
 * Chooses the kernels from another folder than the one that the set-up fills: to try a library that was compiled by hand.
 * TensorFlow takes the kernels of one library in a process, so one that is loaded already can only be chosen again.
 *
 * @param folder The folder, with `kernels-avx512.node`, `kernels-avx2.node`, `kernels-portable.node` or some of them.
 * @returns The choice and its reason.
 * @throws {Problem} As {@link describeKernels}.
 */
export function chooseKernels(folder: string): KernelChoice {
  automatic = choose(folder);
  return automatic;
}

/**
 * Says whether our own kernels compute.
 *
 * @returns True for ours, false for TensorFlow's.
 */
export function ownKernels(): boolean {
  return describeKernels().kind === "own";
}

/**
 * Gives our own library to those who call it past TensorFlow.
 *
 * @throws {Problem} Where ours are not there.
 */
export function ownLibrary(): OwnLibrary {
  if (library === null && !ownKernels()) throw missing(describeKernels().reason);
  return library!;
}

/**
 * Chooses the kernels for what this process computes from now on, to compare them.
 *
 * @param kind Whose; null for the automatic choice.
 * @throws {Problem} Where ours are asked for and are not there.
 */
export function useKernels(kind: "own" | "tensorflow" | null): void {
  automatic ??= choose(kernelsFolder);
  if (kind === "own" && automatic.kind !== "own") throw missing(automatic.reason);
  forced = kind;
}

function choose(folder: string): KernelChoice {
  const { threads, device } = describeRuntime();
  const wish = readVariable("SONONAS_KERNELS");
  const named = variants.find((variant) => variant === wish);
  if (wish !== undefined && wish !== "own" && wish !== "tensorflow" && named === undefined) {
    throw new Problem(
      `SONONAS_KERNELS is "${wish}", expected "own" or "tensorflow", or one of ours: ${variants.join(", ")}.`,
      "Set it to one, or unset it.",
    );
  }
  const instead = (reason: string): KernelChoice => {
    if (wish === "own" || named !== undefined) throw missing(reason);
    return { kind: "tensorflow", variant: null, reason, threads };
  };
  if (wish === "tensorflow") return instead("SONONAS_KERNELS=tensorflow is set");
  if (device === "GPU") return instead("computing on a GPU");
  const load = createRequire(__filename);
  const failures: string[] = [];
  for (const variant of named === undefined ? variants : [named]) {
    const file = join(folder, `kernels-${variant}.node`);
    if (!existsSync(file)) continue;
    try {
      const candidate = load(file) as Library & Omit<OwnLibrary, "operations">;
      if (!candidate.supported()) continue;
      if (library !== null && library !== candidate) throw new Error(`${library.variant} is loaded already`);
      // TensorFlow has to be there before operations can be registered with it.
      tf.backend();
      const list = candidate.start(threads);
      const operations = new Map(list.map(({ name, attributes }, number) => [name, { number, attributes }]));
      library ??= Object.assign(candidate, { operations });
      return { kind: "own", variant, reason: `compiled for this processor (${variant})`, threads };
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  return instead(failures.length > 0 ? `ours do not load: ${failures.join("; ")}` : "ours are not compiled");
}

function missing(reason: string): Problem {
  return new Problem(
    `Our own kernels were asked for and cannot be used: ${reason}.`,
    "Run `npm run setup`; `npm run doctor` says what is missing.",
  );
}
