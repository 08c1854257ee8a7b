import { deepEqual, equal, rejects } from "node:assert/strict";

import { askServer, type Answer } from "../../lib/files/download-request";
import { fileServer, serve } from "../helpers/file-server";

describe("askServer(request)", () => {
  const server = fileServer();
  const contents = Buffer.from("0123456789");
  const ask = (bytes: number, total: number | null = 10) =>
    askServer({
      url: `${server.url}/file`,
      file: "file",
      part: { path: "file.part", bytes, note: { url: "", validator: '"v1"', total } },
      timeoutSeconds: 5,
    });
  const read = async (answer: Answer) => {
    let text = "";
    if (answer.kind === "contents") {
      for (let piece = await answer.next(0); piece !== null; piece = await answer.next(0)) {
        text += Buffer.from(piece).toString();
      }
    }
    await answer.close();
    return text;
  };

  it("gets the whole, with its length and its mark", async () => {
    server.answer = serve({ contents, etag: '"v1"' });
    const answer = await ask(0);
    equal(answer.kind, "contents");
    deepEqual([answer.from, answer.total, answer.validator], [0, 10, '"v1"']);
    equal(await read(answer), "0123456789");
    equal(server.requests[0]!.range, undefined);
  });

  it("gets the rest of a part", async () => {
    server.answer = serve({ contents, etag: '"v1"' });
    const answer = await ask(7);
    equal(answer.kind, "contents");
    deepEqual([answer.from, answer.total], [7, 10]);
    equal(await read(answer), "789");
  });

  it("says that a part is the whole", async () => {
    server.answer = serve({ contents, etag: '"v1"' });
    const answer = await ask(10);
    equal(answer.kind, "complete");
    await answer.close();
  });

  it("takes no weak mark, and none of what comes packed", async () => {
    server.answer = serve({ contents, etag: 'W/"v1"' });
    const answer = await ask(0);
    equal(answer.kind === "contents" && answer.validator, null);
    await answer.close();
  });

  it("asks for no packing on the way", async () => {
    server.answer = (request, response) => {
      response.end(request.headers["accept-encoding"]);
    };
    equal(await read(await ask(0)), "identity");
  });

  it("refuses a part that it did not ask for", async () => {
    server.answer = (_, response) => {
      response.writeHead(206, { "Content-Range": "bytes 0-9/10" }).end(contents);
    };
    await rejects(ask(0), { name: "Problem", message: /the server answers 206/ });
  });
});
