/**
 * The way from the library to a notebook's page, through the tslab kernel that runs it.
 *
 * @module
 */
import { randomUUID } from "node:crypto";

import { visibleText } from "../runtime/visible-text";

/** One output in several forms, by MIME type: a notebook shows the richest that it knows, a terminal the plain text. */
export interface MimeBundle {
  /** What is shown where nothing richer can be, and in a terminal. */
  readonly "text/plain": string;
  readonly [mime: string]: unknown;
}

/** The message that the kernel sends to the page. */
interface DisplayMessage {
  readonly data: MimeBundle;
  readonly metadata: Record<string, never>;
  readonly transient: { readonly display_id?: string };
}

type Write = (message: DisplayMessage, update: boolean) => void;

/**
 * Finds the function by which the kernel that runs this process sends outputs. tslab's public functions send one MIME
 * type at a time; this one takes a whole bundle. It is there only after the kernel has started its first cell.
 *
 * @returns The function, or null where this process is not a kernel.
 */
function findWrite(): Write | null {
  let file: string;
  try {
    file = require.resolve("tslab/dist/jupyter");
  } catch {
    return null;
  }
  // Looked up and not imported: outside of a kernel, loading tslab would load a whole TypeScript compiler.
  const loaded = require.cache[file]?.exports as { lastWriteDisplayData?: Write | null } | undefined;
  return loaded?.lastWriteDisplayData ?? null;
}

/** Says whether this process runs a notebook: a tslab kernel, and no terminal and no test. */
export function inNotebook(): boolean {
  return findWrite() !== null;
}

/** How a cell ended before its time: its reader pressed ■, or something in it was thrown. */
export type CellEnd = "interrupted" | "failed";

/** The event of this process by which the project's kernel tells of that (`setup/notebook/cells.cjs`). */
const cellEnded = "sononas:cell-ended";

/** Those that hear it. */
const hearing = new Set<(how: CellEnd) => void>();

function tellCellEnd(how: CellEnd): void {
  const all = [...hearing];
  hearing.clear();
  for (const hear of all) hear(how);
}

/**
 * Hears that a cell ends before its time; outside of a notebook never.
 *
 * @param hear Told once, and not again.
 * @returns Stops listening; may be called twice.
 */
export function hearCellEnd(hear: (how: CellEnd) => void): () => void {
  if (!inNotebook()) return () => undefined;
  const events = process as NodeJS.EventEmitter;
  if (!events.listeners(cellEnded).includes(tellCellEnd)) events.on(cellEnded, tellCellEnd);
  hearing.add(hear);
  return () => void hearing.delete(hear);
}

/** Shows an output below the cell that runs; in a terminal, prints its plain text. */
export function show(bundle: MimeBundle): void {
  const write = findWrite();
  if (write === null) process.stdout.write(`${visibleText(bundle["text/plain"])}\n`);
  else write({ data: bundle, metadata: {}, transient: {} }, false);
}

/** The MIME type of plotly's figures. */
const figureType = "application/vnd.plotly.v1+json";

// As high as the figure, so that the page does not jump.
function placeholderOf(bundle: MimeBundle): MimeBundle {
  const { layout } = bundle[figureType] as { layout?: { height?: number } };
  const height = layout?.height ?? 450;
  return { "text/html": `<div style="height:${height}px"></div>`, "text/plain": bundle["text/plain"] };
}

/** An output that can be replaced in place. */
export interface Slot {
  /** Replaces what is shown; the first call shows it. */
  update(bundle: MimeBundle): void;
}

/** Opens a place below the running cell for an output that changes; null where this process is not a kernel. */
export function openSlot(): Slot | null {
  const write = findWrite();
  if (write === null) return null;
  // An id for the page, not a draw that a result could depend on.
  const identity = { display_id: randomUUID() };
  let last: MimeBundle | null = null;
  const send = (bundle: MimeBundle) => {
    write({ data: bundle, metadata: {}, transient: identity }, last !== null);
    last = bundle;
  };
  return {
    update(bundle) {
      // JupyterLab's renderer of figures keeps the first that it has drawn. Another kind of output between two figures makes
      // the page take a new renderer; nothing is painted in between.
      if (last !== null && figureType in last && figureType in bundle) send(placeholderOf(bundle));
      send(bundle);
    },
  };
}
