"use strict";

const { relative } = require("node:path");

const Mocha = require("mocha");

const { keepDeepRecord } = require("../../setup/machine/deep-record.cjs");

const { EVENT_HOOK_END, EVENT_RUN_END, EVENT_TEST_END } = Mocha.Runner.constants;

/**
 * Mocha's own report, with the files that took longest and a closing line that programs can read. The option `record` keeps when
 * the long tests passed.
 */
class ClosingLineReporter extends Mocha.reporters.Spec {
  /**
   * @param {import("mocha").Runner} runner
   * @param {import("mocha").MochaOptions & { reporterOptions?: { record?: boolean } }} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {Map<string, number>} */
    const seconds = new Map();
    /** @param {import("mocha").Runnable} done A test or a hook: of another process, if tests run side by side. */
    const add = (done) => {
      if (done.file) seconds.set(done.file, (seconds.get(done.file) ?? 0) + (done.duration ?? 0) / 1000);
    };
    runner.on(EVENT_TEST_END, add).on(EVENT_HOOK_END, add);
    runner.once(EVENT_RUN_END, () => {
      // After the report itself, which is printed by a listener that was added before this one.
      const { passes, failures, pending, duration } = this.stats;
      const longest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, 10);
      if (seconds.size > longest.length) {
        const lines = longest.map(([file, s]) => `  ${s.toFixed(0).padStart(4)} s  ${relative(process.cwd(), file)}\n`);
        process.stdout.write(`The longest of ${seconds.size} files:\n${lines.join("")}\n`);
      }
      if (options.reporterOptions?.record && failures === 0) {
        const minutes = Math.round((duration ?? 0) / 6000) / 10;
        const passed = new Date().toISOString().slice(0, 10);
        process.stdout.write(
          `${keepDeepRecord(process.cwd(), { passed, minutes, tests: passes, skipped: pending })}\n`,
        );
      }
      process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
    });
  }
}

module.exports = ClosingLineReporter;
