import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { kernelsFolder } from "../../lib/runtime/environment";
import { kernelsFolder as folderOfSetUp } from "../../setup/machine/places.cjs";
import { temporaryFolder } from "../helpers/temporary";
import { broken, makeFakeMachine, outcomeOf, type FakeMachine } from "./fake-machine";

/** What is compiled on this kind of machine. */
const variants = process.arch === "x64" ? ["avx512", "avx2", "portable"] : ["portable"];
const libraries = variants.map((variant) => `kernels-${variant}.node`).sort();

const folderOf = ({ project }: FakeMachine) => join(project, ".setup", "kernels");
const stateOf = (machine: FakeMachine) =>
  JSON.parse(readFileSync(join(folderOf(machine), "state.json"), "utf8")) as {
    built: string[];
    reason: string | null;
    compiler: string | null;
  };
const filesOf = (machine: FakeMachine) => readdirSync(folderOf(machine)).sort();

/** The lines about kernels that a set-up printed. */
const saidOf = (printed: string) => printed.split("\n").filter((line) => line.startsWith("Fast kernels: "));

describe("the set-up of our own kernels", () => {
  const folder = temporaryFolder();
  let machine: FakeMachine;
  let compiler: string;
  beforeEach(() => {
    machine = makeFakeMachine(folder.path);
    compiler = readFileSync(join(machine.bin, "g++"), "utf8");
  });
  const mend = () => {
    writeFileSync(join(machine.bin, "g++"), compiler);
  };

  it("has the folder in which the library looks for them", () => {
    equal(folderOfSetUp, kernelsFolder);
  });

  it("compiles them again for other headers, and not for another package", async () => {
    const calls = join(folder.path, "compiled");
    machine.install("g++", `echo "$*" >> "${calls}"\n${compiler}`);
    const compiled = () => readFileSync(calls, "utf8").split("-DSONONAS_VARIANT").length - 1;
    const lock = join(machine.project, "package-lock.json");
    const change = (name: string) => {
      const content = JSON.parse(readFileSync(lock, "utf8")) as { packages: Record<string, { version: string }> };
      content.packages[`node_modules/${name}`]!.version = "0.0.1";
      writeFileSync(lock, JSON.stringify(content));
    };
    equal((await machine.run()).code, 0);
    const before = compiled();
    change("papaparse");
    equal((await machine.run()).code, 0);
    equal(compiled(), before);
    change("node-api-headers");
    equal((await machine.run()).code, 0);
    equal(compiled(), 2 * before);
  });

  it("compiles them for each kind of processor, with that processor's flags", async () => {
    const parameters = join(folder.path, "parameters");
    machine.install("g++", `echo "$*" >> "${parameters}"\n${compiler}`);
    equal((await machine.run()).code, 0);
    deepEqual(filesOf(machine), [...libraries, "state.json"]);
    deepEqual(stateOf(machine), { built: variants, reason: null, compiler: null });
    const calls = readFileSync(parameters, "utf8").split("\n");
    for (const variant of variants) {
      const own = calls.filter((call) => call.includes(`-DSONONAS_VARIANT=${variant}`));
      equal(own.length, 1);
      equal(own[0]!.includes("-mavx2 -mfma -DSONONAS_AVX2"), variant === "avx2");
      equal(own[0]!.includes("-mavx512f "), variant === "avx512");
      equal(own[0]!.includes("-mfma -DSONONAS_AVX512"), variant === "avx512");
      match(own[0]!, /-O3 .*variant\.cc .*\/tensorflow\/libtensorflow_framework\S* -Wl,-rpath,\/.*\/tensorflow -/);
    }
  });

  it("goes on where they cannot be compiled, says why in one line, and does not try again in vain", async () => {
    machine.install("g++", broken.compilerWithoutKernels("*"));
    const { code, printed, errors } = await machine.run();
    equal(code, 0, errors);
    const said = saidOf(printed);
    equal(said.length, 1);
    match(
      said[0]!,
      /not compiled \(.*portable: vector\.h:9:1: error: no vectors here\); TensorFlow's own serve instead/,
    );
    match(said[0]!, /All that was printed: \.setup\/logs\/kernels\.log/);
    match(
      readFileSync(join(machine.project, ".setup/logs/kernels.log"), "utf8"),
      /no vectors here\ncollect2: error: 1/,
    );
    deepEqual(filesOf(machine), ["state.json"]);
    deepEqual(stateOf(machine).built, []);
    const calls = machine.calls("g++");
    deepEqual(await machine.run(), { code: 0, printed: "", errors: "" });
    equal(machine.calls("g++"), calls);
  });

  it("tries again with another compiler", async () => {
    machine.install("g++", broken.compilerWithoutKernels("*"));
    await machine.run();
    machine.install("clang++", compiler);
    equal((await machine.run()).printed, "", "the first compiler is still the one that is found");
    const { code, printed } = await machine.run({ CXX: "clang++" });
    equal(code, 0);
    match(printed, /^Fast kernels: done/m);
    deepEqual(filesOf(machine), [...libraries, "state.json"]);
    equal((await machine.run()).printed, "", "what is compiled stays, whatever compiler is found");
  });

  it("leaves out only the variant that fails", async function () {
    if (variants.length === 1) this.skip();
    machine.install("g++", broken.compilerWithoutKernels("avx2"));
    const { code, printed } = await machine.run();
    equal(code, 0);
    match(saidOf(printed)[0]!, /: only avx512, portable \(avx2: vector\.h:9:1: error: no vectors here\)\./);
    deepEqual(filesOf(machine), ["kernels-avx512.node", "kernels-portable.node", "state.json"]);
    deepEqual(stateOf(machine).built, ["avx512", "portable"]);
  });

  it("removes what does not load", async () => {
    machine.install("g++", broken.compilerOfUnloadable);
    const { code, printed, errors } = await machine.run();
    equal(code, 0, errors);
    match(saidOf(printed)[0]!, /not compiled \(.*kernels-portable\.node\.partial: file too short\)/);
    match(readFileSync(join(machine.project, ".setup/logs/kernels.log"), "utf8"), /file too short/);
    deepEqual(filesOf(machine), ["state.json"]);
  });

  it("goes on without a compiler where only they want one, and compiles them once there is one", async () => {
    await machine.run();
    rmSync(folderOf(machine), { recursive: true });
    machine.remove("g++");
    const { code, printed, errors } = await machine.run();
    equal(code, 0, errors);
    match(saidOf(printed)[0]!, /not compiled \(there is no C\+\+ compiler\)/);
    equal((await machine.run()).printed, "");
    mend();
    rmSync(join(machine.bin, "g++"));
    machine.install("g++", compiler);
    match((await machine.run()).printed, /^Fast kernels: done/m);
    deepEqual(filesOf(machine), [...libraries, "state.json"]);
  });

  it("makes them again after a change to a source, and nothing else", async () => {
    await machine.run();
    appendFileSync(join(machine.project, "lib/kernels/native/variant.cc"), "// changed\n");
    const { printed } = await machine.run();
    match(printed, /^Fast kernels: done/m);
    ok(!/Node packages|link to TensorFlow|The library/.test(printed), printed);
  });

  it("makes them again where a source was changed while it was compiled", async () => {
    const source = join(machine.project, "lib/kernels/native/variant.cc");
    machine.install("g++", `case "$*" in *-DSONONAS*) echo "// changed" >> "${source}" ;; esac\n${compiler}`);
    equal((await machine.run()).code, 0);
    machine.install("g++", compiler);
    match((await machine.run()).printed, /^Fast kernels: done/m);
    equal((await machine.run()).printed, "");
  });

  it("leaves none that were made from other sources", async () => {
    await machine.run();
    writeFileSync(join(machine.project, "lib/kernels/native/new.h"), "// new\n");
    machine.install("g++", broken.compilerWithoutKernels("*"));
    equal((await machine.run()).code, 0);
    deepEqual(filesOf(machine), ["state.json"]);
  });

  it("mends a library that is gone or cut short", async () => {
    await machine.run();
    const library = join(folderOf(machine), "kernels-portable.node");
    for (const harm of [rmSync, truncateSync]) {
      harm(library);
      const { code, printed } = await machine.run();
      equal(code, 0);
      match(printed, /^Fast kernels: done/m);
      equal(readFileSync(library, "utf8"), "kernels\n");
    }
    equal((await machine.run()).printed, "");
  });

  it("can be interrupted, and carries on", async () => {
    machine.install("g++", broken.compilerThatSleeps);
    const child = machine.start();
    const outcome = outcomeOf(child);
    const begun = join(machine.project, "lib/kernels/native/begun");
    while (!existsSync(begun)) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    equal((await outcome).code, 130);
    machine.install("g++", compiler);
    equal((await machine.run()).code, 0);
    deepEqual(filesOf(machine), [...libraries, "state.json"]);
  });

  it("leaves them out, without a word, where TensorFlow comes from its package's own installer", async () => {
    const calls = machine.calls("g++");
    const { code, printed, errors } = await machine.run({ SONONAS_TENSORFLOW: "bundled" });
    equal(code, 0, errors);
    match(saidOf(printed)[0]!, /: done/);
    equal(machine.calls("g++"), calls);
    deepEqual(filesOf(machine), ["state.json"]);
    match(stateOf(machine).reason!, /has no headers/);
    equal((await machine.run({ SONONAS_TENSORFLOW: "bundled" })).printed, "");
  });

  describe("in the doctor's report", () => {
    interface Finding {
      name: string;
      state: string;
      found: string;
      fix?: string;
    }

    /** Writes a library that answers as it is told, and asks the doctor about kernels. */
    async function ask(body: string, env: NodeJS.ProcessEnv = {}): Promise<Finding> {
      const file = join(machine.project, "dist/kernels/choose-kernels.js");
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `exports.describeKernels = () => { ${body} };`);
      const { printed, errors } = await machine.run(env, ["setup/doctor.cjs", "--json"]);
      equal(errors, "");
      const { findings } = JSON.parse(printed) as { findings: Finding[] };
      return findings.find(({ name }) => name === "Kernels")!;
    }
    const answer = (choice: object) => `return ${JSON.stringify({ variant: null, threads: 2, ...choice })}`;
    const notCompiled = answer({ kind: "tensorflow", reason: "ours are not compiled" });

    it("are our own, with the kind of processor and the number of threads", async () => {
      await machine.run();
      deepEqual(await ask(answer({ kind: "own", variant: "avx2", reason: "" })), {
        name: "Kernels",
        state: "good",
        found: "our own, for AVX2 (2 threads)",
      });
      const newest = await ask(answer({ kind: "own", variant: "avx512", reason: "" }));
      equal(newest.found, "our own, for AVX-512 (2 threads)");
      const { found } = await ask(answer({ kind: "own", variant: "portable", reason: "", threads: 1 }));
      equal(found, "our own, portable (1 thread)");
    });

    it("are TensorFlow's where that was asked for or a GPU computes, which nothing has to mend", async () => {
      await machine.run();
      for (const reason of ["SONONAS_KERNELS=tensorflow is set", "computing on a GPU"]) {
        const found = `TensorFlow's: ${reason}`;
        deepEqual(await ask(answer({ kind: "tensorflow", reason })), { name: "Kernels", state: "optional", found });
      }
    });

    it("are TensorFlow's where ours failed to compile, with the reason and what mends it", async () => {
      machine.install("g++", broken.compilerWithoutKernels("*"));
      await machine.run();
      const { state, found, fix } = await ask(notCompiled);
      equal(state, "optional");
      match(found, /^TensorFlow's: ours are not compiled \(.*portable: vector\.h:9:1: error: no vectors here\)$/);
      match(fix!, /another C\+\+ compiler.*CXX=.*npm run setup; \.setup\/logs\/kernels\.log/);
    });

    it("are TensorFlow's where ours are gone, which the set-up mends", async () => {
      await machine.run();
      rmSync(join(folderOf(machine), "kernels-portable.node"));
      const { found, fix } = await ask(notCompiled);
      deepEqual({ found, fix }, { found: "TensorFlow's: ours are not compiled", fix: "npm run setup" });
    });

    it("are TensorFlow's with the package's own installer, which nothing has to mend", async () => {
      const env = { SONONAS_TENSORFLOW: "bundled" };
      await machine.run(env);
      const { found, fix } = await ask(notCompiled, env);
      match(found, /^TensorFlow's: ours are not compiled \(TensorFlow from its package's own installer has no headers/);
      equal(fix, undefined);
    });

    it("are missing where the library says what to mend, or crashes", async () => {
      await machine.run();
      const problem = `throw Object.assign(new Error(), { name: "Problem", what: "SONONAS_KERNELS is 1.", fix: "Unset it." })`;
      deepEqual(await ask(problem), {
        name: "Kernels",
        state: "missing",
        found: "SONONAS_KERNELS is 1.",
        fix: "Unset it.",
      });
      match((await ask(`throw new Error("lost its way")`)).found, /Error: lost its way/);
      match((await ask(`process.kill(process.pid, "SIGKILL"); for (;;);`)).found, /ended with SIGKILL/);
    });
  });
});
