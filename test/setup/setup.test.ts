import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { Linter } from "eslint";

import { projectRoot } from "../../lib/runtime/environment";
import { fillDisk, onSmallDisk } from "../helpers/small-disk";
import { temporaryFolder } from "../helpers/temporary";
import { broken, makeFakeMachine, outcomeOf, type FakeMachine, type Outcome } from "./fake-machine";

/** What a problem must be: a sentence that says what and how, no stack trace, and a non-zero exit. */
function isSentence({ code, errors }: Outcome, expected: RegExp): void {
  match(errors, expected);
  ok(code !== 0, "the exit code is not 0");
  ok(!/\n\s+at /.test(errors), `no stack trace: ${errors}`);
  match(errors, /run the same command again|Mend what it names/i);
}

/** What a set-up that ended well has made. */
function isComplete({ project }: FakeMachine): void {
  for (const place of [
    "node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node",
    ".venv/bin/python",
    ".venv/share/jupyter/kernels/tslab/kernel.json",
    ".setup/kernels/kernels-portable.node",
    "dist/index.js",
  ]) {
    ok(existsSync(join(project, place)), place);
  }
}

describe("the set-up", () => {
  const folder = temporaryFolder();
  let machine: FakeMachine;
  beforeEach(() => {
    machine = makeFakeMachine(folder.path);
  });

  it("does everything once, and says nothing when there is nothing to do", async () => {
    const first = await machine.run();
    equal(first.code, 0, first.errors);
    isComplete(machine);
    const calls = ["npm", "python3", "g++"].map((name) => machine.calls(name));
    const second = await machine.run();
    deepEqual(second, { code: 0, printed: "", errors: "" });
    deepEqual(
      ["npm", "python3", "g++"].map((name) => machine.calls(name)),
      calls,
    );
  });

  it("installs the kernel with absolute paths, for this Node and this project", async () => {
    await machine.run();
    const { argv } = JSON.parse(
      readFileSync(join(machine.project, ".venv/share/jupyter/kernels/tslab/kernel.json"), "utf8"),
    ) as { argv: string[] };
    deepEqual(argv, [
      process.execPath,
      join(machine.project, "setup/notebook-kernel.cjs"),
      "kernel",
      "--config-path",
      "{connection_file}",
    ]);
  });

  /** What goes wrong, what is said about it, and how often npm has run by then. */
  const situations: { situation: string; expected: RegExp; downloads: number; harm: (machine: FakeMachine) => void }[] =
    [
      {
        situation: "no Python",
        expected: /Python was not found: SonoNAS needs Python 3\.10 or newer/,
        downloads: 0,
        harm: (its) => {
          its.remove("python3");
        },
      },
      {
        situation: "an old Python",
        expected: /Python 3\.8\.10 \(.*python3\) is too old: SonoNAS needs 3\.10 or newer/,
        downloads: 0,
        harm: (its) => {
          its.install("python3", broken.pythonOf("3.8.10"));
        },
      },
      {
        situation: "a Python without venv",
        expected: /cannot make virtual environments.*apt install python3-venv/,
        downloads: 0,
        harm: (its) => {
          its.install("python3", broken.pythonWithoutVenv);
        },
      },
      {
        situation: "a program called python3 that is none",
        expected: /python3 does not start as a Python/,
        downloads: 0,
        harm: (its) => {
          its.install("python3", "exit 3\n");
        },
      },
      {
        situation: "no compiler",
        expected: /A C\+\+ compiler was not found.*apt install g\+\+/,
        downloads: 0,
        harm: (its) => {
          its.remove("g++");
        },
      },
      {
        situation: "a compiler that fails",
        expected: /failed while compiling Node's link to TensorFlow: error: unrecognized/,
        downloads: 1,
        harm: (its) => {
          its.install("g++", broken.compilerOfOld);
        },
      },
      {
        situation: "a disk that fills up while kernels are compiled",
        expected: /The disk is full/,
        downloads: 1,
        harm: (its) => {
          its.install("g++", broken.compilerOnFullDisk);
        },
      },
      {
        situation: "no network for npm",
        expected: /The network failed while installing the Node packages/,
        downloads: 1,
        harm: (its) => {
          its.install("npm", broken.npmWithoutNetwork);
        },
      },
      {
        situation: "a network that goes half-way",
        expected: /The network failed while installing TensorFlow/,
        downloads: 1,
        harm: (its) => {
          its.install("python3", broken.pythonWithoutNetwork);
        },
      },
      {
        situation: "a disk that fills up",
        expected: /The disk is full/,
        downloads: 1,
        harm: (its) => {
          its.install("python3", broken.pythonOnFullDisk);
        },
      },
    ];
  for (const { situation, expected, downloads, harm } of situations) {
    const moment = downloads === 0 ? "before anything is downloaded" : "half-way";
    it(`says ${moment} what to do about ${situation}, and carries on once it is mended`, async () => {
      const good = makeFakeMachine(makeFolder(folder.path));
      harm(machine);
      isSentence(await machine.run(), expected);
      equal(machine.calls("npm"), downloads);
      for (const name of ["npm", "python3", "g++"]) machine.install(name, readFileSync(join(good.bin, name), "utf8"));
      const next = await machine.run();
      equal(next.code, 0, next.errors);
      isComplete(machine);
      // What had been done was not done again.
      equal(machine.calls("npm"), situation === "no network for npm" ? 2 : 1);
    });
  }

  it("can be interrupted, and carries on", async () => {
    const script = readFileSync(join(machine.bin, "npm"), "utf8");
    machine.install("npm", broken.npmThatSleeps);
    const child = machine.start();
    const outcome = outcomeOf(child);
    await until(() => existsSync(join(machine.project, "node_modules", "half")));
    child.kill("SIGINT");
    const { code, errors } = await outcome;
    equal(code, 130);
    match(errors, /Stopped\. Run the same command again to carry on/);
    machine.install("npm", script);
    equal((await machine.run()).code, 0);
    isComplete(machine);
  });

  it("survives being killed without warning, and carries on", async () => {
    const script = readFileSync(join(machine.bin, "npm"), "utf8");
    machine.install("npm", broken.npmThatSleeps);
    const child = machine.start();
    const outcome = outcomeOf(child);
    await until(() => existsSync(join(machine.project, "node_modules", "half")));
    child.kill("SIGKILL");
    child.stdout?.destroy();
    child.stderr?.destroy();
    await outcome;
    machine.install("npm", script);
    const next = await machine.run();
    equal(next.code, 0, next.errors);
    ok(!next.printed.includes("Another set-up"), "it is seen to be dead, and not waited for");
    isComplete(machine);
  });

  for (const [damage, harm] of [
    [
      "a file of the environment that is gone",
      (m) => {
        rmSync(join(m.project, ".venv/lib/python3.12/site-packages/jupyterlab/app.py"));
      },
    ],
    [
      "an environment without its Python",
      (m) => {
        rmSync(join(m.project, ".venv/bin/python"));
      },
    ],
    [
      "an environment that is gone",
      (m) => {
        rmSync(join(m.project, ".venv"), { recursive: true });
      },
    ],
    [
      "a library of TensorFlow that was cut short",
      (m) => {
        truncateSync(join(m.project, ".venv/lib/python3.12/site-packages/tensorflow/libtensorflow_cc.so.2"), 3);
      },
    ],
    [
      "packages that are gone",
      (m) => {
        rmSync(join(m.project, "node_modules"), { recursive: true });
      },
    ],
    [
      "a compiled library that is gone",
      (m) => {
        rmSync(join(m.project, "dist"), { recursive: true });
      },
    ],
    [
      "a stamp that was cut short",
      (m) => {
        truncateSync(join(m.project, ".setup/stamps/python-environment.json"), 10);
      },
    ],
  ] as [string, (machine: FakeMachine) => void][]) {
    it(`mends ${damage}`, async () => {
      await machine.run();
      harm(machine);
      const { code, errors } = await machine.run();
      equal(code, 0, errors);
      isComplete(machine);
      equal((await machine.run()).printed, "");
    });
  }

  it("makes anew what carries the folder's path after the project was moved", async () => {
    await machine.run();
    const moved = `${machine.project} moved`;
    renameSync(machine.project, moved);
    const { code, printed, errors } = await execSetup({ ...machine, project: moved }, []);
    equal(code, 0, errors);
    match(printed, /Python environment: done[^]*TensorFlow: done[^]*link to TensorFlow: done[^]*kernel: done/);
    ok(!printed.includes("Node packages: done"));
    ok(readFileSync(join(moved, ".venv/share/jupyter/kernels/tslab/kernel.json"), "utf8").includes(moved));
  });

  it("compiles the library again after a change to it, and nothing else", async () => {
    await machine.run();
    appendFileSync(join(machine.project, "lib", "index.ts"), "// changed\n");
    const { printed } = await machine.run();
    match(printed, /The library: done/);
    ok(!/Node packages|TensorFlow/.test(printed));
  });

  it("keeps the library that worked where the new one does not compile, and shows what the compiler says", async () => {
    await machine.run();
    appendFileSync(join(machine.project, "lib", "index.ts"), "// changed\n");
    writeFileSync(
      join(machine.project, "node_modules/typescript/bin/tsc"),
      `console.log("lib/index.ts(1,1): error TS1: wrong"); process.exit(2);`,
    );
    // The file belongs to the packages, whose stamp would notice: it stands for a real compiler that says no.
    const stamp = join(machine.project, ".setup/stamps/node-packages.json");
    const content = JSON.parse(readFileSync(stamp, "utf8")) as { files: Record<string, number> };
    Reflect.deleteProperty(content.files, "node_modules/typescript/bin/tsc");
    writeFileSync(stamp, JSON.stringify(content));
    isSentence(await machine.run(), /The library in lib\/ does not compile:\nlib\/index\.ts\(1,1\): error TS1: wrong/);
    ok(existsSync(join(machine.project, "dist/index.js")));
  });

  it("waits for another that works on the same project, and finds the work done", async () => {
    machine.install("npm", `sleep 1\n${readFileSync(join(machine.bin, "npm"), "utf8")}`);
    const first = outcomeOf(machine.start());
    await until(() => existsSync(join(machine.project, ".setup", "lock")));
    const second = await machine.run();
    equal((await first).code, 0);
    equal(second.code, 0, second.errors);
    match(second.printed, /Another set-up is working on this project/);
    equal(machine.calls("python3") > 0, true);
    ok(!second.printed.includes("Node packages: done"));
  });

  it("never takes over from one that lives, however long that shows no sign of life", async () => {
    machine.install("npm", `sleep 3\n${readFileSync(join(machine.bin, "npm"), "utf8")}`);
    const lock = join(machine.project, ".setup", "lock");
    const child = machine.start();
    const first = outcomeOf(child);
    await until(() => machine.calls("npm") === 1);
    // Held up, as on a machine with too much to do: its last sign of life is an hour old.
    child.kill("SIGSTOP");
    utimesSync(lock, new Date(), new Date(Date.now() - 3_600_000));
    const second = outcomeOf(machine.start());
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const { pid } = JSON.parse(readFileSync(lock, "utf8")) as { pid: number };
    const calls = machine.calls("npm");
    child.kill("SIGCONT");
    deepEqual([(await first).code, (await second).code], [0, 0]);
    deepEqual([pid, calls], [child.pid, 1], "the other had begun nothing");
    ok(!existsSync(lock));
  });

  it("waits for one that it cannot see, and takes over where that has shown no sign of life for two minutes", async () => {
    const lock = join(machine.project, ".setup", "lock");
    mkdirSync(join(machine.project, ".setup"));
    for (const text of ["", JSON.stringify({ place: "elsewhere", pid: 1, start: "1" })]) {
      writeFileSync(lock, text);
      utimesSync(lock, new Date(), new Date(Date.now() - 60_000));
      const running = outcomeOf(machine.start());
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      equal(readFileSync(lock, "utf8"), text);
      utimesSync(lock, new Date(), new Date(Date.now() - 180_000));
      const { code, printed } = await running;
      equal(code, 0);
      match(printed, /Another set-up is working on this project/);
      rmSync(join(machine.project, "dist"), { recursive: true });
    }
  });

  it("refuses an argument that it does not know", async () => {
    const child = execSetup(machine, ["--tensorflw", "cuda"]);
    isOneLine(await child, /The set-up: Unknown option '--tensorflw'\. It takes --tensorflow auto/);
    isOneLine(
      await execSetup(machine, ["--tensorflow", "gpu"]),
      /--tensorflow is "gpu", expected one of auto, cpu, cuda, bundled/,
    );
  });

  it("stops before it fills a small disk", async function () {
    await onSmallDisk(this, folder.path, "8m", async (disk) => {
      const small = makeFakeMachine(disk);
      isSentence(await small.run(), /has \d+ MB free, and the set-up needs 3\d\d\d MB\. Free some space/);
    });
  });

  it("says that the disk is full where not even its lock can be written", async function () {
    await onSmallDisk(this, folder.path, "4m", async (disk) => {
      const small = makeFakeMachine(disk);
      fillDisk(disk);
      isSentence(await small.run(), /disk/i);
    });
  });
});

describe("the entries of the set-up", () => {
  it("cost less than three seconds where there is nothing to do, on the real project", () => {
    const started = performance.now();
    const printed = execFileSync(process.execPath, [join(projectRoot, "setup", "setup.cjs")], { encoding: "utf8" });
    equal(printed, "");
    ok(performance.now() - started < 3_000);
  });

  it("can be read by any Node, so that an old one gets a sentence and not a parse error", () => {
    const setup = join(__dirname, "..", "..", "setup");
    const language = { ecmaVersion: 5, sourceType: "script" } as const;
    for (const file of ["setup.cjs", "doctor.cjs", "node-version.cjs"]) {
      deepEqual(new Linter().verify(readFileSync(join(setup, file), "utf8"), { languageOptions: language }), []);
    }
    // The check sees what it must: the next file is written for Node 20.
    ok(
      new Linter().verify(readFileSync(join(setup, "engine", "run-steps.cjs"), "utf8"), { languageOptions: language })
        .length > 0,
    );
  });
});

let made = 0;
function makeFolder(parent: string): string {
  const folder = join(parent, `other${made++}`);
  mkdirSync(folder);
  return folder;
}

function isOneLine({ code, errors }: Outcome, expected: RegExp): void {
  equal(code, 1);
  match(errors, expected);
  ok(!/\n\s+at /.test(errors));
}

function execSetup({ project, bin }: FakeMachine, parameters: string[]): Promise<Outcome> {
  return outcomeOf(
    spawn(process.execPath, [join(project, "setup", "setup.cjs"), ...parameters], {
      cwd: project,
      env: { PATH: bin },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
