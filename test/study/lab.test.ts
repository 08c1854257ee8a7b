import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { AddressInfo, Server } from "node:net";

import { environmentPython, notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { checkPortFree, labArguments, labEnvironment, readLabCommand } from "../../lib/study/lab";
import { readNotebook } from "../../lib/study/notebook-file";
import { temporaryFolder } from "../helpers/temporary";

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

describe("what JupyterLab saves", () => {
  const folder = temporaryFolder();
  const place = () => join(folder.path, "notebooks", "00_start_here.ipynb");
  const own = () => join(folder.path, "notebooks", "my notes.ipynb");
  const executed = () => join(folder.path, "results", "00_start_here.ipynb");
  // As Jupyter's server does: the hook, then nbformat.
  const script = `
import json, os, sys, types
import nbformat
import saved_notebook
root, path, outputs = sys.argv[1:4]
file = os.path.join(root, path)
content = nbformat.read(file, as_version=4)
for number, cell in enumerate(content.cells):
    cell.metadata["scrolled"] = True
    if cell.cell_type == "code" and outputs == "run":
        cell.execution_count = number
        cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="shown")]
content.metadata["language_info"] = {"name": "typescript", "version": "3.7.2"}
model = {"type": "notebook", "content": content}
saved_notebook.before_saving(model=model, path=path, contents_manager=types.SimpleNamespace(root_dir=root))
nbformat.write(nbformat.from_dict(model["content"]), file)
`;
  const save = (name: string, outputs: "run" | "not run") => {
    const env = { ...labEnvironment(null), SONONAS_EXECUTED: join(folder.path, "results") };
    const parameters = ["-c", script, folder.path, `notebooks/${name}`, outputs];
    const { status, stderr } = spawnSync(environmentPython, parameters, { encoding: "utf8", env });
    equal(status, 0, stderr);
  };
  beforeEach(() => {
    mkdirSync(join(folder.path, "notebooks"));
    for (const file of [place(), own()]) copyFileSync(join(notebooksRoot, "00_start_here.ipynb"), file);
  });

  it("is the text of the study's notebooks, to the byte, and what was shown lies in the results", () => {
    save("00_start_here.ipynb", "run");
    equal(readFileSync(place(), "utf8"), readFileSync(join(notebooksRoot, "00_start_here.ipynb"), "utf8"));
    const { cells } = readNotebook(executed());
    ok(cells.filter((cell) => cell.cell_type === "code").every(({ outputs }) => outputs!.length === 1));
  });

  it("leaves what was shown last where the notebook is saved without having been run", () => {
    save("00_start_here.ipynb", "run");
    const before = readFileSync(executed(), "utf8");
    save("00_start_here.ipynb", "not run");
    equal(readFileSync(executed(), "utf8"), before);
  });

  it("is all of a notebook of one's own", () => {
    save("my notes.ipynb", "run");
    match(readFileSync(own(), "utf8"), /"shown"/);
    equal(existsSync(executed()), false);
  });

  it("is asked for where JupyterLab is started", () => {
    ok(labArguments(8888, []).includes("--ContentsManager.pre_save_hook=saved_notebook.before_saving"));
    match(labEnvironment(null).PYTHONPATH!, /lib.study/);
  });
});
