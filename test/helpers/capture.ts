import type { MimeBundle } from "../../lib/display/notebook";

/** The kernel's side of a display, as the library finds it in a notebook. */
const kernelFile = require.resolve("tslab/dist/jupyter");

/**
 * Stands in for a notebook: what the library shows during each test is kept instead.
 *
 * @returns What was shown.
 */
export function captureBundles(): { all(): MimeBundle[]; updates(): boolean[]; last(): MimeBundle } {
  let messages: { data: MimeBundle; update: boolean }[] = [];
  let before: NodeJS.Module | undefined;
  beforeEach(() => {
    messages = [];
    before = require.cache[kernelFile];
    const lastWriteDisplayData = (message: { data: MimeBundle }, update: boolean) =>
      void messages.push({ data: message.data, update });
    require.cache[kernelFile] = { exports: { lastWriteDisplayData } } as unknown as NodeJS.Module;
  });
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(require.cache, kernelFile);
    else require.cache[kernelFile] = before;
  });
  return {
    all: () => messages.map(({ data }) => data),
    updates: () => messages.map(({ update }) => update),
    last: () => messages.at(-1)!.data,
  };
}

/**
 * Keeps what is printed while something is done.
 *
 * @param work What is done.
 * @param streams Where it is printed; default: the standard output alone.
 * @returns What it printed, of all streams in its order.
 */
export async function captureOutput(work: () => unknown, ...streams: readonly NodeJS.WriteStream[]): Promise<string> {
  const captured = (streams.length === 0 ? [process.stdout] : streams).map((stream) => ({
    stream,
    write: stream.write.bind(stream),
  }));
  let said = "";
  for (const { stream } of captured)
    stream.write = (text: string | Uint8Array) => {
      said += typeof text === "string" ? text : new TextDecoder().decode(text);
      return true;
    };
  try {
    await work();
  } finally {
    for (const { stream, write } of captured) stream.write = write;
  }
  return said;
}
