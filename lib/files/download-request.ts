import { Problem } from "../runtime/problem";
import type { PartialFile } from "./download-part";
import { explainFailure } from "./explain-failure";
import { formatBytes } from "./free-space";

/** What to ask a server for. */
export interface ServerRequest {
  readonly url: string;
  /** Where the file will be, for messages. */
  readonly file: string;
  /** What is there already. */
  readonly part: PartialFile;
  readonly signal?: AbortSignal | undefined;
  /** For how many seconds the server may send nothing. */
  readonly timeoutSeconds: number;
}

/** What the server answers. */
export type Answer =
  | {
      /** The part was the whole file: nothing more comes. */
      readonly kind: "complete";
      /** Ends the request. */
      close(): Promise<void>;
    }
  | {
      /** The file's bytes come. */
      readonly kind: "contents";
      /** The place in the file of the first byte that comes: 0, or the length of the part. */
      readonly from: number;
      /** Bytes of the whole file; null where the server does not say. */
      readonly total: number | null;
      /** The server's mark for these contents; null where it gives none, or none that can be relied on. */
      readonly validator: string | null;
      /** Waits for the next bytes; `done` says how many are there, for messages. null at the end. */
      next(done: number): Promise<Uint8Array | null>;
      /** Ends the request. */
      close(): Promise<void>;
    };

/**
 * Asks a server for a file, or for the rest of one. A server that does not give the rest, or whose file has changed, gives
 * the whole.
 *
 * @returns The answer, which must be closed.
 * @throws {Problem} Where the server cannot be reached, is silent for too long, or does not give the file.
 */
export async function askServer(request: ServerRequest): Promise<Answer> {
  const { part } = request;
  if (part.bytes > 0) {
    const { response, connection } = await send(request, part.bytes);
    const range = rangeOf(response);
    const close = () => end(response, connection);
    if (response.status === 416 && range?.total === part.bytes) return { kind: "complete", close };
    const sameTotal = range?.total === (part.note?.total ?? range?.total);
    if (response.status === 206 && range?.from === part.bytes && sameTotal) {
      return contents(request, response, connection, part.bytes, range.total);
    }
    if (response.status === 200) return contents(request, response, connection, 0, lengthOf(response));
    await close();
    if (response.status !== 206 && response.status !== 416) throw refusal(request, response);
  }
  const { response, connection } = await send(request, 0);
  if (response.status === 200) return contents(request, response, connection, 0, lengthOf(response));
  await end(response, connection);
  throw refusal(request, response);
}

/** Ends a request that is stopped from outside, or whose server is silent. */
interface Connection {
  readonly controller: AbortController;
  /** Waits for something from the server; `done` bytes are there so far. */
  wait<Result>(something: () => Promise<Result>, done: number): Promise<Result>;
}

function connect({ url, file, signal, timeoutSeconds }: ServerRequest): Connection {
  const controller = new AbortController();
  const silence = new AbortController();
  const stop = () => {
    controller.abort();
  };
  silence.signal.addEventListener("abort", stop);
  const wait = async <Result>(something: () => Promise<Result>, done: number): Promise<Result> => {
    const timer = setTimeout(() => {
      silence.abort();
    }, timeoutSeconds * 1000);
    signal?.addEventListener("abort", stop);
    try {
      if (signal?.aborted === true) stop();
      return await something();
    } catch (error) {
      const after = `after ${formatBytes(done)}`;
      if (signal?.aborted === true) {
        throw new Problem(`The download of ${url} was stopped ${after}.`, "Run again: it continues where it stopped.");
      }
      const reason = silence.signal.aborted
        ? `the server sent nothing for ${timeoutSeconds} s`
        : explainFailure(error).reason;
      throw new Problem(
        `${url} cannot be downloaded: ${reason}${done > 0 ? `, ${after}` : ""}.`,
        `Look whether this machine is online, and run again: it continues. Or download it by hand to ${file}.`,
      );
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  };
  return { controller, wait };
}

async function send(request: ServerRequest, from: number): Promise<{ response: Response; connection: Connection }> {
  // Packed on the way, neither length nor range would be those of the file.
  const headers: Record<string, string> = { "Accept-Encoding": "identity" };
  if (from > 0) {
    headers.Range = `bytes=${from}-`;
    const validator = request.part.note?.validator;
    if (validator !== null && validator !== undefined) headers["If-Range"] = validator;
  }
  const connection = connect(request);
  const { signal } = connection.controller;
  const response = await connection.wait(() => fetch(request.url, { headers, signal }), from);
  return { response, connection };
}

async function end(response: Response, { controller }: Connection): Promise<void> {
  // A body that has ended or broken cannot be cancelled, and need not be.
  await response.body?.cancel().catch(() => undefined);
  controller.abort();
}

function contents(
  request: ServerRequest,
  response: Response,
  connection: Connection,
  from: number,
  total: number | null,
): Answer {
  const reader = response.body?.getReader();
  return {
    kind: "contents",
    from,
    total,
    validator: from > 0 ? (request.part.note?.validator ?? null) : validatorOf(response),
    async next(done) {
      if (reader === undefined) return null;
      const { value } = await connection.wait(() => reader.read(), done);
      return (value as Uint8Array | undefined) ?? null;
    },
    async close() {
      await reader?.cancel().catch(() => undefined);
      connection.controller.abort();
    },
  };
}

const isPacked = ({ headers }: Response) => (headers.get("content-encoding") ?? "identity") !== "identity";

function lengthOf(response: Response): number | null {
  const length = response.headers.get("content-length");
  return length === null || isPacked(response) || !/^\d{1,15}$/.test(length) ? null : Number(length);
}

function rangeOf({ headers }: Response): { from: number | null; total: number | null } | null {
  const match = /^bytes (?:(\d{1,15})-\d{1,15}|\*)\/(?:(\d{1,15})|\*)$/.exec(headers.get("content-range") ?? "");
  const numberOf = (text: string | undefined) => (text === undefined ? null : Number(text));
  return match === null ? null : { from: numberOf(match[1]), total: numberOf(match[2]) };
}

// A weak ETag marks contents that are alike, not the same to the byte: it cannot tie a range (RFC 9110, 13.1.5).
function validatorOf(response: Response): string | null {
  if (isPacked(response)) return null;
  const tag = response.headers.get("etag");
  return tag?.startsWith('"') === true ? tag : response.headers.get("last-modified");
}

function refusal({ url, file }: ServerRequest, { status, statusText }: Response): Problem {
  const said = `${status}${statusText === "" ? "" : ` ${statusText}`}`;
  const byHand = `download it by hand to ${file}`;
  if (status === 404 || status === 410) {
    return new Problem(`${url} is not there (${said}).`, `Look at its page for the new address, and ${byHand}.`);
  }
  if (status === 401 || status === 403) {
    return new Problem(
      `${url} is not given to programs (${said}).`,
      `Open it in a browser, where you may have to log in or agree to its terms, and ${byHand}.`,
    );
  }
  if (status === 429 || status >= 500) {
    return new Problem(
      `${url} cannot be downloaded now: the server is busy or broken (${said}).`,
      `Run again in some minutes: it continues where it stopped. If it stays, ${byHand}.`,
    );
  }
  return new Problem(
    `${url} cannot be downloaded: the server answers ${said}.`,
    `Open it in a browser, and ${byHand}.`,
  );
}
