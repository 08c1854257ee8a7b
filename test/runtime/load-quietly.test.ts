import { equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { heldErrorsFile, projectRoot } from "../../lib/runtime/environment";
import { loadQuietly, withoutGreeting } from "../../lib/runtime/load-quietly";

const absl = "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n";
const oneDnn = "I0000 00:00:1796019583.177171    7394 port.cc:153] oneDNN custom operations are on.\n";
const said = "E0000 00:00:1796019583.177171    7394 cuda.cc:1] no device\n";

/** Runs a script in a process of its own, in which `loadQuietly` is there. */
function run(script: string) {
  const code = `const { loadQuietly } = require("./dist/runtime/load-quietly"); const { writeSync } = require("node:fs"); ${script}`;
  return spawnSync(process.execPath, ["-e", code], { cwd: projectRoot, encoding: "utf8" });
}

describe("withoutGreeting(written)", () => {
  it("takes out what TensorFlow thinks worth knowing, and leaves warnings, errors and half a line", () => {
    equal(withoutGreeting(`${absl}${oneDnn}`), "");
    equal(withoutGreeting(`${absl}W0000 x\n${oneDnn}${said}Illegal instr`), `W0000 x\n${said}Illegal instr`);
    equal(withoutGreeting(""), "");
  });
});

describe("loadQuietly(load)", () => {
  before(function () {
    if (!existsSync(heldErrorsFile)) this.skip();
  });

  it("lets through what is written while something is loaded, without the greeting, and all that is written afterwards", () => {
    const { stderr, status } = run(
      `loadQuietly(() => writeSync(2, ${JSON.stringify(absl + said + oneDnn)})); console.error("after");`,
    );
    equal(stderr, `${said}after\n`);
    equal(status, 0);
  });

  it("passes on what loading throws, with what it has written", () => {
    const { stderr, stdout } = run(
      `try { loadQuietly(() => { writeSync(2, "reason\\n"); throw new Error("no"); }); } catch (error) { console.log(error.message); }`,
    );
    equal(stdout, "no\n");
    equal(stderr, "reason\n");
  });

  it("loses no word of a process that crashes while it loads", () => {
    const { stderr, signal } = run(`loadQuietly(() => { writeSync(2, ${JSON.stringify(said)}); process.abort(); });`);
    equal(signal, "SIGABRT");
    ok(stderr.includes(said), stderr);
  });

  it("leaves no file behind", () => {
    const files = () => readdirSync(tmpdir()).filter((name) => /^sononas-\w{6}$/.test(name)).length;
    const there = files();
    run(`loadQuietly(() => process.abort());`);
    equal(files(), there);
  });

  it("loads all the same where the compiled part is not there", () => {
    let loaded = false;
    loadQuietly(
      () => {
        loaded = true;
      },
      join(tmpdir(), "no such file.node"),
    );
    ok(loaded);
  });
});

describe("a command", () => {
  it("begins without a greeting of TensorFlow's, which is there for whoever asks for it", function () {
    if (!existsSync(heldErrorsFile)) this.skip();
    const load = (level: object) =>
      spawnSync(process.execPath, ["-e", `require("./dist/runtime/tensorflow").tf.add(1, 1).dataSync()`], {
        ...{ cwd: projectRoot, encoding: "utf8", env: { ...process.env, ...level } },
      }).stderr;
    equal(load({}), "");
    match(load({ TF_CPP_MIN_LOG_LEVEL: "0" }), /\w/);
  });
});
