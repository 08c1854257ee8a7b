import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";

import { projectRoot } from "../../lib/runtime/environment";
import { checkPortFree, labArguments, readLabCommand } from "../../lib/study/lab";

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe("npm run lab", () => {
  const none = { study: null };

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
    deepEqual(readLabCommand(["--no-browser", "--port", "8889"]), { ...none, port: 8889, others: ["--no-browser"] });
    deepEqual(readLabCommand(["--port=1234"]), { ...none, port: 1234, others: [] });
    deepEqual(readLabCommand([]), { ...none, port: 8888, others: [] });
    for (const wrong of ["0", "65536", "eight", ""])
      throws(() => readLabCommand(["--port", wrong]), /expected a whole number from 1 to 65535/);
  });

  it("takes a study, and leaves the other arguments to Jupyter in their order", () => {
    const { study, port, others } = readLabCommand([
      ...["--ServerApp.terminals_enabled=False", "--profile", "quick", "--no-browser", "--dataset=bus-bra"],
      ...["--set", "search.options.epochs=40", "--notebook-dir", "/tmp", "--set=seeds=[1,2]", "-y"],
    ]);
    deepEqual(study, {
      ...{ profile: "quick", dataset: "bus-bra" },
      changes: { search: { options: { epochs: 40 } }, seeds: [1, 2] },
    });
    equal(port, 8888);
    deepEqual(others, ["--ServerApp.terminals_enabled=False", "--no-browser", "--notebook-dir", "/tmp", "-y"]);
    throws(() => readLabCommand(["--no-browser", "--profile"]), /--profile has no value/);
  });

  it("refuses arguments that switch the token off or open the server, in every spelling", () => {
    for (const given of [
      ["--IdentityProvider.token="],
      ["--IdentityProvider.token", ""],
      ["--ServerApp.token=''"],
      ["--PasswordIdentityProvider.hashed_password="],
      ["--NotebookApp.password="],
      ["ServerApp.token="],
      ["--ServerApp.ip=0.0.0.0"],
      ["--ip", "0.0.0.0"],
      ["--ip=0.0.0.0"],
      ["--ServerApp.allow_origin=*"],
      ["--ServerApp.allow_unauthenticated_access=True"],
      ["--ServerApp.identity_provider_class=mine.Open"],
      ["--ServerApp.authorizer_class=mine.Open"],
      ["--ServerApp.disable_check_xsrf=True"],
      ["--config=open.py"],
      ["--config", "open.py"],
      ["--config-file=open.py"],
    ])
      throws(
        () => readLabCommand(["--no-browser", ...given]),
        (error: Error) =>
          error.message.startsWith(given[0]!.replace(/=.*$/, "")) && error.message.includes("behind its token"),
        given.join(" "),
      );
    deepEqual(readLabCommand(["--zip", "my=token-free.ipynb", "tokens.ipynb"]).others.length, 3);
  });

  it("refuses a study that there is not before anything is opened, in a sentence", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "lib/study/lab.ts", "--profile", "smoke", "--set", "search.options.epocs=40"],
      { cwd: projectRoot, encoding: "utf8" },
    );
    equal(status, 1);
    match(stderr, /^The study.*epocs/m);
    ok(!/\n\s+at /.test(stderr));
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
