import { join } from "node:path";

import type { Progress } from "../display/progress";
import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import { writeAtomically } from "../files/write-atomically";
import { costOf } from "../graph/cost";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { openRun } from "../runs/open-run";
import { readRun } from "../runs/read-run";
import { parseJson } from "../runs/json";
import type { Run } from "../runs/run";
import type { Json } from "../runs/state";
import { hearSignals, listenForStop } from "../runs/stop";
import type { SearchImages } from "../search/searcher";
import { buildSpecified, sizeOf } from "../train/specification";
import { timedAreaAlone } from "../trials/area-alone";
import type { InnerFold } from "../trials/shared-scores";
import { fidelityOf, pointsOfRungs, type Brackets } from "./brackets";
import { samplePoint, type Point } from "./dimension";
import type { Measured, Sampler } from "./samplers";
import type { Subject } from "./subjects";

/** What an optimisation needs. */
export interface OptimisationTask {
  readonly subject: Subject;
  readonly sampler: Sampler;
  readonly brackets: Brackets;
  readonly seed: number;
  readonly prepared: SearchImages["prepared"];
  /** The images that points are trained on and judged by. Test images have no place here. */
  readonly images: InnerFold;
  /** Makes what shows how far it is, in epochs, from how many were done before; null: nothing. */
  readonly progress: ((before: number) => Progress) | null;
}

/** A point that was trained. Plain data. */
export interface OptimisationTrial extends Measured {
  /** The bracket, from 0. */
  readonly bracket: number;
  readonly epochs: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

/** What an optimisation gave. */
export interface Optimisation {
  /** The best point that was trained with the whole budget, by its area on the validation images. */
  readonly best: OptimisationTrial;
  readonly trials: readonly OptimisationTrial[];
  /** Processor seconds of each training, in the order of the trials. They differ from machine to machine. */
  readonly seconds: readonly number[];
}

/** The files of a run's folder with all points, and with how long they took, on which no outcome depends. */
const [trialsFile, secondsFile] = ["trials.json", "seconds.json"] as const;

interface Kept {
  readonly trials: (OptimisationTrial & { readonly seconds: number })[];
  /** Processor seconds of a training that was stopped. */
  begun: number;
}

/**
 * Optimises how large a network is and how it learns, as ENAS-B does around what ENAS has found (Ahmed, AlZoubi and Du, "ENAS-B", Ultrasonic
 * Imaging 2023): a sampler proposes points, which are trained for few epochs at first; the best of each bracket go on to more. A point's
 * worth is the area under the curve of the validation images. Trainings have seeds of their own, so that no seed is chosen.
 *
 * Equal tasks have equal outcomes. Each training that is done is kept: what is cut off goes on after the last one, and inside of one from
 * its checkpoint, to the same end.
 *
 * @param folder The run's folder.
 * @throws {Problem} Where the folder has another task, or options or images do not fit.
 * @throws {Interrupted} Where it is asked to stop; the same call goes on.
 */
export async function optimiseInRun(folder: string, task: OptimisationTask): Promise<Optimisation> {
  const { subject, sampler, brackets, seed, prepared, images } = task;
  const run = openRun(folder, {
    kind: "optimisation",
    configuration: {
      ...{ subject: subject.name, dimensions: subject.dimensions, sampler: sampler.kind, brackets, seed },
      // What the subject keeps as it is, told by what it makes of one point.
      example: subject.make(samplePoint(subject.dimensions, createRandom(0))),
    } as unknown as Json,
    inputs: { data: prepared.hash, images: hashOf(canonicalJson(images)) },
  });
  const stop = listenForStop();
  try {
    if (!run.finished) {
      const state = structuredClone((run.latest()?.state.json ?? { trials: [], begun: 0 }) as unknown as Kept);
      await runBrackets(run, task, state, () => {
        stop.check();
      });
      run.writeFile(trialsFile, `${JSON.stringify(state.trials.map(withoutSeconds), null, 1)}\n`);
      const seconds = state.trials.map((trial) => trial.seconds);
      writeAtomically(join(run.folder, secondsFile), `${JSON.stringify(seconds)}\n`);
      run.finish({ best: bestOf(state.trials).point as Json, trials: state.trials.length });
    }
    return readOptimisation(run.folder);
  } finally {
    stop.end();
    run.close();
  }
}

/**
 * Reads an optimisation that is done.
 *
 * @throws {Problem} Where the folder holds none, or it is not done.
 */
export function readOptimisation(folder: string): Optimisation {
  const run = readRun(folder);
  const bytes = run.readFile(trialsFile);
  if (run.kind !== "optimisation" || !run.finished || bytes === null) {
    throw new Problem(
      `The run in ${folder} ${run.kind === "optimisation" ? "is not done" : `is a ${run.kind}`}, expected an optimisation that is done.`,
      "Give the folder of one, or run it to its end.",
    );
  }
  const trials = parseJson(new TextDecoder().decode(bytes)) as unknown as OptimisationTrial[];
  const times = run.readFile(secondsFile);
  const seconds = times === null ? [] : (parseJson(new TextDecoder().decode(times)) as number[]);
  return { best: bestOf(trials), trials, seconds };
}

async function runBrackets(run: Run, task: OptimisationTask, state: Kept, check: () => void): Promise<void> {
  const { subject, sampler, brackets, seed } = task;
  const progress = task.progress?.(state.trials.reduce((sum, { epochs }) => sum + epochs, 0)) ?? null;
  const random = createRandom(seed);
  const counts = pointsOfRungs(brackets);
  let done = 0;
  const train = async (point: () => Point, bracket: number, rung: number): Promise<OptimisationTrial> => {
    const place = done++;
    const known = state.trials[place];
    if (known !== undefined) return known;
    check();
    const epochs = brackets.epochs[rung]!;
    const about = { point: point(), bracket, epochs, fidelity: fidelityOf(brackets, rung) };
    const trial = await trainOnce(run, task, about, { place, state });
    state.trials.push(trial);
    run.record({ event: "trial", ...withoutSeconds(trial) });
    run.saveCheckpoint(state.trials.length, { json: state as unknown as Json, arrays: new Map() });
    await (progress?.advance(epochs, `area ${trial.value.toFixed(3)} after ${epochs} epochs`) ?? hearSignals());
    return trial;
  };
  for (let bracket = 0; bracket < brackets.count; bracket++) {
    let rung: OptimisationTrial[] = [];
    for (let index = 0; index < counts[0]!; index++) {
      const before = state.trials.slice(0, done);
      const propose = () => sampler.propose(subject.dimensions, before, random.split(bracket).split(index));
      rung.push(await train(propose, bracket, 0));
    }
    for (let next = 1; next < counts.length; next++) {
      const better = [...rung].sort((one, other) => other.value - one.value).slice(0, counts[next]);
      rung = [];
      for (const { point } of better) rung.push(await train(() => point, bracket, next));
    }
  }
  progress?.finish(`best area ${bestOf(state.trials).value.toFixed(3)}`);
}

async function trainOnce(
  run: Run,
  { subject, seed, prepared, images }: OptimisationTask,
  about: Pick<OptimisationTrial, "point" | "bracket" | "epochs" | "fidelity">,
  { place, state }: { readonly place: number; readonly state: Kept },
): Promise<Kept["trials"][number]> {
  const { network, training } = subject.make(about.point);
  const { trainable, multiplyAdds } = costOf(buildSpecified(network, sizeOf(prepared)));
  const { area, seconds } = await timedAreaAlone(
    join(run.folder, "training"),
    {
      network,
      images: { prepared, ...images },
      options: { ...training, epochs: about.epochs, seed: seed * 1000 + place },
      watch: null,
    },
    state,
    () => {
      run.saveCheckpoint(state.trials.length, { json: state as unknown as Json, arrays: new Map() });
    },
  );
  return { ...about, value: area, parameters: trainable, multiplyAdds, seconds };
}

// Where two are equal, the first.
function bestOf(trials: readonly OptimisationTrial[]): OptimisationTrial {
  return trials
    .filter(({ fidelity }) => fidelity === 1)
    .reduce((one, other) => (other.value > one.value ? other : one));
}

function withoutSeconds({ seconds: _, ...trial }: Kept["trials"][number]): OptimisationTrial {
  return trial;
}
