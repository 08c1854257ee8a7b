import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on this machine alone, for one test. */
export interface LocalServer {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: string[];
  /** Ends it. */
  close(): Promise<void>;
}

/**
 * Starts a server on the loopback.
 *
 * @param answer Answers a request.
 * @returns The server.
 */
export async function startServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LocalServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
