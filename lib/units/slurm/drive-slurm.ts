import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Clock } from "../../runtime/environment";
import { visibleText } from "../../runtime/visible-text";
import { waitingFor, type UndoneUnit } from "../run-units";
import { surveyUnits } from "../survey";
import type { Standing, Timed } from "../tally";
import { isSealed } from "../unit-folder";
import { unitsToDo, type Unit } from "../unit";
import type { Place } from "./chunks";
import type { Resources } from "./sbatch-options";
import type { ScriptPlace } from "./script";
import { heldBackBy, isPutBack, type QueuedJob, type Slurm } from "./slurm";
import { readChunk, submitUnits } from "./submit-units";

/** Units that are driven by a cluster. */
export interface SlurmRun {
  readonly units: readonly Unit[];
  readonly place: ScriptPlace;
  /** The folder with the journal of finished units. */
  readonly journal: string;
  readonly resources: Resources;
  readonly slurm: Slurm;
  readonly clock: Clock;
  /** Waits between two looks. */
  readonly pause: () => Promise<void>;
  /** Whether who looks has closed. */
  readonly stopped: () => boolean;
  /** Shows how far all are. */
  readonly show: (state: SlurmState) => void;
}

/** How far units on a cluster are. */
export interface SlurmState {
  readonly standingOf: (name: string) => Standing;
  readonly timed: readonly Timed[];
  /** What is not done. */
  readonly open: readonly Unit[];
  /** How many run. */
  readonly running: number;
  /** What is to be read, in sentences. */
  readonly notices: readonly string[];
}

/** How driving ended. */
export interface SlurmReport {
  /** `done`: all are; `failed`: what is left cannot be done; `closed`: who looked has closed, and the jobs go on. */
  readonly end: "done" | "failed" | "closed";
  readonly undone: readonly UndoneUnit<Unit>[];
}

/** How often a unit is submitted by one client at most: its script has tried it three times each time. */
const mostSubmissions = 5;

/** Seconds after which a unit that runs must have left a trace in its folder. */
const traceSeconds = 120;

/** Seconds for which a job may stay after its unit is done: its own end takes a moment, and what hangs is ended. */
const endSeconds = 60;

/** How many waiting jobs are released at a look. */
const mostReleased = 50;

/**
 * Drives units by Slurm: submits what is neither done nor in the queue, and looks again until all are done. It keeps nothing that it
 * could not read again from the folder and the queue: it can be closed, killed and opened again anywhere.
 *
 * @throws {Problem} Where Slurm refuses the jobs, or a file cannot be written.
 */
export async function driveSlurm(run: SlurmRun): Promise<SlurmReport> {
  const { units, place, journal, resources, slurm, clock, pause, stopped, show } = run;
  const survey = surveyUnits(place.folder, journal, units);
  const arraySize = await slurm.arraySize();
  const chunks = new Map<number, string[]>();
  const submissions = new Map<string, number>();
  const traceless = new Map<string, number>();
  const since = new Map<string, number>();
  const failed = new Map<string, UndoneUnit<Unit>>();
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  const notices = new Set<string>();
  // Of the first alone: where a node does not see the folder, none of its units leaves a trace.
  let isTraceTold = false;

  const unitOf = ({ chunk, index }: QueuedJob): string | undefined => {
    if (!chunks.has(chunk)) chunks.set(chunk, readChunk(place.scripts, chunk));
    return chunks.get(chunk)![index - 1];
  };
  const hasTrace = (name: string) => survey.isBegun(name) || survey.failureOf(name) !== null;
  const fail = (unit: Unit, message: string, wrongConfiguration = false) => {
    failed.set(unit.name, { unit, message, wrongConfiguration, inUse: false, waitsFor: null });
  };
  // A unit that this client has submitted, and that is not in the queue any more, nor done.
  const judge = (unit: Unit) => {
    const times = submissions.get(unit.name) ?? 0;
    if (times === 0) return;
    const obstacle = survey.obstacleTo(unit.name);
    const failure = obstacle === null ? survey.failureOf(unit.name) : { error: obstacle, wrongConfiguration: false };
    if (failure !== null) {
      fail(unit, failure.error, failure.wrongConfiguration);
      return;
    }
    if (!survey.isBegun(unit.name)) {
      traceless.set(unit.name, (traceless.get(unit.name) ?? 0) + 1);
      if (traceless.get(unit.name)! >= 3) {
        const where = `Look into ${join(place.scripts, "logs")}: nodes may not see ${place.folder} by this path.`;
        fail(unit, `Its job ended three times without a trace in its folder. ${where}`);
        return;
      }
    }
    if (times >= mostSubmissions) fail(unit, `Its job ended ${times} times before it was done.`);
  };

  for (;;) {
    const jobs = await slurm.queue(place.jobName);
    // After the queue: what has left it since is found here.
    survey.update();
    const open = unitsToDo(units, ({ name }) => survey.isDone(name));
    const queued = new Map<string, QueuedJob>();
    for (const job of jobs ?? []) {
      const name = unitOf(job);
      // Of two copies the one that runs counts.
      if (name !== undefined && (!queued.has(name) || job.state === "RUNNING")) queued.set(name, job);
    }
    if (jobs !== null) {
      notices.delete(silent);
      for (const name of [...failed.keys()]) if (queued.has(name)) failed.delete(name);
      const gone = open.filter(
        ({ name }) => !queued.has(name) && !failed.has(name) && !isSealed(join(place.folder, ...name.split("/"))),
      );
      // One whose needs are not done could not begin, however often its job came and went: that is no fault of its own.
      for (const unit of gone) if (unit.needs.every((name) => survey.isDone(name))) judge(unit);
      const undone = open.filter(({ name }) => failed.has(name)).map(({ name }) => failed.get(name)!);
      const held = new Set(waitingFor(open, undone).map(({ unit }) => unit.name));
      const missing = gone.filter(({ name }) => !failed.has(name) && !held.has(name));
      if (missing.length > 0 && !stopped()) {
        const places = new Map<string, Place>();
        for (const [name, { job, index, chunk }] of queued)
          places.set(name, { job, index, size: chunks.get(chunk)!.length });
        const submission = { units: missing, place, resources, slurm, arraySize, queued: places, stopped };
        const { names, why } = await submitUnits(submission);
        for (const name of names) submissions.set(name, (submissions.get(name) ?? 0) + 1);
        for (const name of names) queued.set(name, { ...waitingJob, ...placeOf(places.get(name)!) });
        notices.delete(limited);
        if (why !== null) notices.add(why === "full" ? limited : silent);
      }
      const reason = heldBackBy(jobs);
      if (reason !== null) notices.add(tellHeldBack(reason));
      await tend(queued, open);
      const running = [...queued.values()].filter(({ state }) => state === "RUNNING").length;
      show({ standingOf: standing(queued, held), timed: survey.timed, open, running, notices: [...notices] });
      if (open.length === 0) return { end: "done", undone: [] };
      if (queued.size === 0 && missing.length === 0 && gone.length > 0)
        return { end: "failed", undone: [...undone, ...waitingFor(open, undone)] };
    } else {
      notices.add(silent);
      show({ standingOf: standing(queued, new Set()), timed: survey.timed, open, running: 0, notices: [...notices] });
    }
    if (stopped()) return { end: "closed", undone: [] };
    await pause();
  }

  function standing(queued: ReadonlyMap<string, QueuedJob>, held: ReadonlySet<string>) {
    return (name: string): Standing => {
      if (survey.isDone(name)) return "done";
      if (failed.has(name)) return "failed";
      if (held.has(name)) return "held";
      if (queued.get(name)?.state === "RUNNING") return "running";
      return survey.isBegun(name) ? "saved" : "waiting";
    };
  }

  // Lets jobs begin that were put back, ends those whose unit is done, and tells of those that leave no trace.
  async function tend(queued: ReadonlyMap<string, QueuedJob>, open: readonly Unit[]): Promise<void> {
    const wanted = new Set(open.map(({ name }) => name));
    let released = 0;
    const running = new Set<string>();
    for (const [name, job] of queued) {
      if (!byName.has(name)) continue;
      if (isPutBack(job) && wanted.has(name) && released++ < mostReleased) await slurm.release(job);
      // One that was put back after its unit was done: others wait for it.
      if (job.state === "PENDING" && !wanted.has(name)) await slurm.cancel(job);
      if (job.state !== "RUNNING") continue;
      const now = clock.seconds();
      const key = `${name} ${wanted.has(name) ? "runs" : "ends"}`;
      running.add(key);
      const first = since.get(key) ?? since.set(key, now).get(key)!;
      if (!wanted.has(name) && now - first > endSeconds) await slurm.cancel(job);
      if (wanted.has(name) && now - first > traceSeconds && !isTraceTold && !hasTrace(name)) {
        isTraceTold = true;
        notices.add(tellTraceless(name));
      }
    }
    // One that ended too early and runs again begins anew.
    for (const key of since.keys()) if (!running.has(key)) since.delete(key);
  }

  function tellTraceless(name: string): string {
    const log = existsSync(join(place.scripts, "logs")) ? join(place.scripts, "logs") : place.scripts;
    return `${name} has run for ${traceSeconds / 60} minutes and left nothing in ${place.folder}: nodes may not see that folder by this path. Look into ${log}.`;
  }
}

const silent = "Slurm's controller does not answer: nothing is submitted, and units go on.";

const limited = "Slurm takes no more jobs of yours for now: the rest follows when there is room.";

const tellHeldBack = (reason: string) =>
  `Slurm begins none of the jobs, and says: "${visibleText(reason)}". Where nodes are down or drained, whoever looks after them lets them go on.`;

/** A job that was just submitted. */
const waitingJob = { chunk: 0, state: "PENDING", reason: "" };

const placeOf = ({ job, index }: Place) => ({ job, index });
