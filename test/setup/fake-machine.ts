import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { spawn, type ChildProcess } from "node:child_process";
import { delimiter, join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";

/**
 * A machine on which the set-up can be tried in milliseconds: a copy of the project's set-up, and programs that do what
 * npm, Python and the compiler do, as far as the set-up can tell.
 */
export interface FakeMachine {
  /** The copy of the project. */
  readonly project: string;
  /** The folder that is its whole PATH, but for the shell's own programs. */
  readonly bin: string;
  /** Replaces a program by a shell script. */
  install(name: string, script: string): void;
  /** Removes a program. */
  remove(name: string): void;
  /** Starts the set-up, or another script of the project with its arguments. */
  start(env?: NodeJS.ProcessEnv, script?: readonly string[]): ChildProcess;
  /** Runs the set-up, or another script, to its end. */
  run(env?: NodeJS.ProcessEnv, script?: readonly string[]): Promise<Outcome>;
  /** How often a program was started. */
  calls(name: string): number;
}

/** How a command ended. */
export interface Outcome {
  /** The exit code. */
  code: number | null;
  /** What it printed on standard output. */
  printed: string;
  /** What it printed on standard error. */
  errors: string;
}

/** Waits for a process and keeps what it prints. */
export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let [printed, errors] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve) =>
    child.on("close", (code) => {
      resolve({ code, printed, errors });
    }),
  );
}

/** A module that answers like tfjs-node-gpu, as far as the set-up asks. */
const tfjs = `module.exports = {
  backend: () => ({ binding: { TF_Version: "2.21.0" }, isUsingGpuDevice: false }),
  tidy: (run) => run(), add: () => ({ dataSync: () => [2] }), version_core: "4.22.0" };`;

/** A program that writes the folder that it is told to, as the TypeScript compiler does. */
const tsc = `const fs = require("fs"); const out = process.argv[process.argv.indexOf("--outDir") + 1];
fs.mkdirSync(out, { recursive: true }); fs.writeFileSync(out + "/index.js", "");`;

/** The package's own installer, as far as the set-up can tell. */
const installer = `const fs = require("fs"); fs.mkdirSync("lib/napi-v8", { recursive: true });
fs.writeFileSync("lib/napi-v8/tfjs_binding.node", "downloaded");`;

/** Loads what the compiler below has written for a library of kernels. Anything else fails, as it does in Node. */
const loader = `const fs = require("fs");
process.dlopen = (library, file) => {
  if (fs.readFileSync(file, "utf8") !== "kernels\\n") throw new Error(file + ": file too short");
  Object.assign(library.exports, { supported: () => true, start: () => {} });
};`;

const npm = `mkdir -p node_modules/@tensorflow/tfjs-node-gpu/scripts node_modules/typescript/bin
cat > node_modules/@tensorflow/tfjs-node-gpu/scripts/install.js <<'END'
${installer}
END
cat > node_modules/@tensorflow/tfjs-node-gpu/index.js <<'END'
${tfjs}
END
cat > node_modules/typescript/bin/tsc <<'END'
${tsc}
END
`;

/** @param version What it says its version is. */
const python = (version: string) => `case "$*" in
  "-c import sys"*) echo ${version} ;;
  "-c import venv"*) ;;
  "-m venv "*) mkdir -p "$3/bin" "$3/lib/python3.12/site-packages"; printf '#!/bin/sh\\nFAKE_VENV="%s" exec python3 "$@"\\n' "$3" > "$3/bin/python"; chmod +x "$3/bin/python" ;;
  *jupyter.txt) mkdir -p "$FAKE_VENV/lib/python3.12/site-packages/jupyterlab"; echo code > "$FAKE_VENV/lib/python3.12/site-packages/jupyterlab/app.py" ;;
  *tensorflow-*.txt) mkdir -p "$FAKE_VENV/lib/python3.12/site-packages/tensorflow"; echo library > "$FAKE_VENV/lib/python3.12/site-packages/tensorflow/libtensorflow_cc.so.2" ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
`;

const compiler = `made=binding; case "$*" in *-DSONONAS_VARIANT=*) made=kernels ;; esac
while [ $# -gt 0 ]; do [ "$1" = "-o" ] && echo $made > "$2"; shift; done\n`;

/**
 * A compiler that does something else with libraries of kernels, and compiles the rest.
 *
 * @param variant Which: "avx512", "avx2", "portable", "*" for all.
 * @param script What it does.
 */
const compilerThat = (variant: string, script: string) =>
  `case "$*" in *-DSONONAS_VARIANT=${variant}*) ${script} ;; esac\n${compiler}`;

/** Programs that scripts need, taken from this machine. */
const shellPrograms = [
  "sh",
  "bash",
  "env",
  "mkdir",
  "cat",
  "cp",
  "dirname",
  "echo",
  "sleep",
  "rm",
  "test",
  "true",
  "chmod",
  "printf",
];

/**
 * Makes a fake machine on which everything works.
 *
 * @param folder An empty folder.
 * @returns The machine.
 */
export function makeFakeMachine(folder: string): FakeMachine {
  const [project, bin, calls] = ["project", "bin", "calls"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(bin);
  mkdirSync(calls);
  cpSync(join(projectRoot, "setup"), join(project, "setup"), { recursive: true });
  for (const file of ["package.json", "package-lock.json", ".npmrc", "tsconfig.json"])
    cpSync(join(projectRoot, file), join(project, file));
  mkdirSync(join(project, "lib", "runtime"), { recursive: true });
  writeFileSync(join(project, "lib", "index.ts"), "export {};\n");
  writeFileSync(join(project, "lib", "runtime", "tensorflow-variables.json"), "{}\n");
  mkdirSync(join(project, "lib", "kernels", "native"), { recursive: true });
  writeFileSync(join(project, "lib", "kernels", "native", "variant.cc"), "// kernels\n");
  const preload = join(folder, "loader.cjs");
  writeFileSync(preload, loader);
  for (const name of shellPrograms) {
    const found = ["/bin", "/usr/bin"].map((place) => join(place, name)).find((file) => existsSync(file));
    if (found) symlinkSync(found, join(bin, name));
  }

  const machine: FakeMachine = {
    project,
    bin,
    install(name, script) {
      const file = join(bin, name);
      writeFileSync(file, `#!/bin/sh\necho x >> "${join(calls, name)}"\n${script}`);
      chmodSync(file, 0o755);
    },
    remove(name) {
      machine.install(name, "");
      chmodSync(join(bin, name), 0o644);
    },
    start(env = {}, script = [join("setup", "setup.cjs")]) {
      // Nothing of npm's own environment: the set-up would take the real npm from it.
      const clean = {
        PATH: [bin].join(delimiter),
        HOME: folder,
        TMPDIR: folder,
        NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
        SONONAS_TENSORFLOW: "cpu",
        ...env,
      };
      return spawn(process.execPath, [...script], {
        cwd: project,
        env: clean,
        stdio: ["ignore", "pipe", "pipe"],
      });
    },
    run: (env, script) => outcomeOf(machine.start(env, script)),
    calls: (name) => (existsSync(join(calls, name)) ? readFileSync(join(calls, name), "utf8").length / 2 : 0),
  };
  machine.install("npm", npm);
  machine.install("python3", python("3.12.4"));
  machine.install("g++", compiler);
  return machine;
}

/** Scripts for programs that go wrong. */
export const broken = {
  /** A Python of an old version. */
  pythonOf: python,
  /** A Python without the modules that make virtual environments, as Debian's without python3-venv. */
  pythonWithoutVenv: python("3.12.4").replace(`"-c import venv"*) ;;`, `"-c import venv"*) exit 1 ;;`),
  /** A Python whose pip loses the network at TensorFlow. */
  pythonWithoutNetwork: python("3.12.4").replace(
    `*tensorflow-*.txt) `,
    `*tensorflow-*.txt) mkdir -p "$FAKE_VENV/lib/python3.12/site-packages/tensorflow"; echo "ERROR: Max retries exceeded: Failed to establish a new connection" >&2; exit 1; `,
  ),
  /** A Python whose pip fills the disk. */
  pythonOnFullDisk: python("3.12.4").replace(
    `*jupyter.txt) `,
    `*jupyter.txt) echo "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device" >&2; exit 1; `,
  ),
  /** An npm without a network. */
  npmWithoutNetwork: `mkdir -p node_modules/half; echo "npm error code ENOTFOUND" >&2; exit 1\n`,
  /** An npm that takes long. */
  npmThatSleeps: `mkdir -p node_modules/half; sleep 30\n`,
  /** A compiler that does not know the language. */
  compilerOfOld: `echo "error: unrecognized command-line option '-std=c++17'" >&2; exit 1\n`,
  /** A compiler that fails at kernels, of one variant or of all ("*"). */
  compilerWithoutKernels: (variant: string) =>
    compilerThat(variant, `printf 'vector.h:9:1: error: no vectors here\\ncollect2: error: 1\\n' >&2; exit 1`),
  /** A compiler whose kernels do not load. */
  compilerOfUnloadable: compilerThat("*", `while [ "$1" != "-o" ]; do shift; done; echo cut > "$2"; exit 0`),
  /** A compiler that fills the disk at kernels. */
  compilerOnFullDisk: compilerThat(
    "*",
    `echo "fatal error: error writing to k.s: No space left on device" >&2; exit 1`,
  ),
  /** A compiler that takes long for kernels, and says when it has begun. */
  compilerThatSleeps: compilerThat("*", `echo begun > begun; sleep 30`),
};
