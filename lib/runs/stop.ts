import { Interrupted } from "./exit-codes";

export { Interrupted } from "./exit-codes";

/** The signals that ask to stop: Ctrl-C and a notebook's ■; a system that ends; a cluster whose time is nearly up. */
const signals = ["SIGINT", "SIGTERM", "SIGUSR1"] as const;

/** Hears that the work should stop. */
export interface StopListener {
  /** The signal that came first; null where none has. */
  readonly requested: NodeJS.Signals | null;
  /**
   * Gives way to a request; called where the work can be saved.
   *
   * @throws {Interrupted} Where one has come.
   */
  check(): void;
  /** Stops listening. Once nobody listens, a signal does again what it did before. May be called twice. */
  end(): void;
}

/** Those that listen now, each with what it has heard; the outermost is first. */
const listening = new Set<{ heard: NodeJS.Signals | null }>();

function hear(signal: NodeJS.Signals): void {
  for (const listener of listening) listener.heard ??= signal;
}

function startHearing(): void {
  const alone = process.listenerCount("SIGINT") === 0;
  for (const signal of signals) process.on(signal, hear);
  if (alone) queueMicrotask(rearm);
}

function stopHearing(): void {
  for (const signal of signals) process.off(signal, hear);
  queueMicrotask(rearm);
}

/**
 * Mends what happens in a notebook. While a cell's synchronous part runs, Node takes all listeners of SIGINT away, to stop the
 * script by the signal itself, and brings them back afterwards (`breakOnSigint` of node:vm, as of Node 20 and 22). A listener that
 * is added meanwhile keeps Node's own handler from being installed again: the next SIGINT would end the kernel. One that is
 * taken away meanwhile comes back. Both are mended by taking all away and adding those that should be there.
 */
function rearm(): void {
  const all = process.rawListeners("SIGINT") as NodeJS.SignalsListener[];
  const others = all.filter((listener) => listener !== hear);
  const wanted = listening.size > 0;
  // In a program of one's own there is nothing to mend, and no moment in which a signal would end it.
  if (all.includes(hear) === wanted && (!wanted || others.length === 0)) return;
  process.removeAllListeners("SIGINT");
  for (const listener of wanted ? [...others, hear] : others) process.on("SIGINT", listener);
}

/**
 * Listens for signals that ask to stop, in place of what they do otherwise: end the process at once. So the work can stop where
 * it can be saved. Further signals while it saves change nothing.
 *
 * Node hears signals between two tasks only: work without a true pause hears none, and `await` alone is none. Let it
 * `await` {@link hearSignals} at every step.
 *
 * In a notebook ■ sends SIGINT to the kernel: the kernel's own listener and this one work side by side, and the work ends at its next
 * `check`. Only then does the cell end, unless ■ is pressed again or the work takes long: what it awaits goes on meanwhile.
 *
 * Listeners may lie within each other: a search's around that of a training. Each hears a signal, and one that is made after the
 * signal has heard it too.
 *
 * @returns The listener. End it in a `finally`.
 */
export function listenForStop(): StopListener {
  if (listening.size === 0) startHearing();
  const own = { heard: [...listening].find(({ heard }) => heard !== null)?.heard ?? null };
  listening.add(own);
  return {
    get requested() {
      return own.heard;
    },
    check() {
      if (own.heard !== null) throw new Interrupted(own.heard);
    },
    end() {
      if (!listening.delete(own) || listening.size > 0) return;
      stopHearing();
    },
  };
}

/** Lets Node hear signals that have come in the meantime, and everything else that waits: some ten microseconds. */
export function hearSignals(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
