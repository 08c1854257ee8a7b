import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What a server on this machine is asked, and how it answers. */
export interface FileServer {
  /** Its address, "http://127.0.0.1:1234". */
  url: string;
  /** The requests so far, with their Range and If-Range. */
  requests: { range: string | undefined; ifRange: string | undefined; path: string }[];
  /** Answers a request; tests replace it. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * Runs a server on the loopback for each test of the group.
 *
 * @returns The server, known once the tests run.
 */
export function fileServer(): FileServer {
  const server: FileServer = { url: "", requests: [], answer: () => undefined };
  const sockets = new Set<Socket>();
  const http = createServer((request, response) => {
    const { range, "if-range": ifRange } = request.headers;
    server.requests.push({ range, ifRange: ifRange as string | undefined, path: request.url! });
    server.answer(request, response);
  });
  http.on("connection", (socket) => {
    sockets.add(socket);
  });
  beforeEach(async () => {
    server.requests = [];
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => http.close(resolve));
  });
  return server;
}

/** How a file is given. */
export interface Serving {
  /** The file. */
  contents: Buffer;
  /** Its mark; default: none. */
  etag?: string;
  /** Its date; default: none. */
  modified?: string;
  /** Whether parts of it are given; default: true. */
  ranges?: boolean;
  /** Whether the length is said; default: true. */
  length?: boolean;
  /** Cuts the connection after so many bytes of an answer; default: never. */
  cutAfter?: number;
  /** Sends nothing more after so many bytes of an answer; default: never. */
  silentAfter?: number;
}

/**
 * Gives a file as RFC 9110 says, until the connection breaks.
 *
 * @param serving How.
 * @returns What answers a request.
 */
export function serve(serving: Serving): FileServer["answer"] {
  return (request, response) => {
    const { contents, etag, modified, ranges = true, length = true, cutAfter, silentAfter } = serving;
    if (etag !== undefined) response.setHeader("ETag", etag);
    if (modified !== undefined) response.setHeader("Last-Modified", modified);
    const { range, "if-range": mark } = request.headers;
    let from = 0;
    if (ranges && range !== undefined && (mark === undefined || mark === etag || mark === modified)) {
      from = Number(/^bytes=(\d+)-$/.exec(range)![1]);
      if (from >= contents.length) {
        response.writeHead(416, { "Content-Range": `bytes */${contents.length}` }).end();
        return;
      }
      response.statusCode = 206;
      response.setHeader("Content-Range", `bytes ${from}-${contents.length - 1}/${contents.length}`);
    }
    const rest = contents.subarray(from);
    if (length) response.setHeader("Content-Length", rest.length);
    const until = cutAfter ?? silentAfter;
    if (until === undefined) {
      // Given to end(), the contents would get a length.
      response.write(rest);
      response.end();
    } else {
      response.write(rest.subarray(0, until), () => {
        // What is on its way arrives, and is read, before the end does, also where both cores are busy.
        if (cutAfter !== undefined) setTimeout(() => response.socket?.destroy(), 100);
      });
    }
  };
}
