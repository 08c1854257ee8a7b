import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";

import { projectRoot } from "../../lib/runtime/environment";
import { checkPortFree, labArguments, readPort } from "../../lib/study/lab";

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe("npm run lab", () => {
  it("listens to this machine only and behind the token, whatever else is asked of Jupyter", () => {
    const given = labArguments(8888, [
      "--no-browser",
      "--ServerApp.ip=0.0.0.0",
      "--ServerApp.allow_unauthenticated_access=True",
    ]);
    const last = (name: string) => given.filter((argument) => argument.startsWith(`--ServerApp.${name}=`)).at(-1);
    equal(last("ip"), "--ServerApp.ip=127.0.0.1");
    equal(last("allow_unauthenticated_access"), "--ServerApp.allow_unauthenticated_access=False");
    equal(last("allow_remote_access"), "--ServerApp.allow_remote_access=False");
    ok(!given.some((argument) => /token|password/.test(argument)));
  });

  it("takes a port, and leaves the other arguments to Jupyter", () => {
    deepEqual(readPort(["--no-browser", "--port", "8889"]), { port: 8889, others: ["--no-browser"] });
    deepEqual(readPort(["--port=1234"]), { port: 1234, others: [] });
    deepEqual(readPort([]), { port: 8888, others: [] });
    for (const wrong of ["0", "65536", "eight", ""])
      throws(() => readPort(["--port", wrong]), /expected a whole number from 1 to 65535/);
  });

  it("says in a sentence that its port is taken, and how to choose another", async () => {
    const { server, port } = await listen();
    try {
      await rejects(checkPortFree(port), new RegExp(`Port ${port} is taken.*npm run lab -- --port ${port + 1}`));
      const { status, stderr } = spawnSync(process.execPath, ["dist/study/lab.js", "--port", String(port)], {
        cwd: projectRoot,
        encoding: "utf8",
      });
      equal(status, 1);
      match(stderr, /^Port \d+ is taken/);
      ok(!/\n\s+at /.test(stderr));
    } finally {
      server.close();
    }
    await checkPortFree(port);
  });
});
