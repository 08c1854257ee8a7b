"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { windows } = require("../machine/places.cjs");

/** How much of a program's output is kept to explain a failure, in characters. */
const keptOutput = 20_000;

/** Programs that are running now, to be stopped with us. */
const running = new Set();

/**
 * Runs a program to its end; its output goes to a log file and, line by line, to `onLine`.
 *
 * @param {string} program Its path.
 * @param {string[]} parameters Its arguments.
 * @param {object} options How to run it.
 * @param {string} options.cwd The folder to run it in.
 * @param {string} [options.log] A file that the output is appended to.
 * @param {NodeJS.ProcessEnv} [options.env] The environment; default: ours.
 * @param {(line: string) => void} [options.onLine] Called with each line that it prints.
 * @returns {Promise<{code: number, output: string}>} The exit code (127 where it could not be started) and the end of
 *   its output.
 */
function runProgram(program, parameters, { cwd, log, env = process.env, onLine }) {
  return new Promise((resolve) => {
    let output = "";
    /** @param {Buffer | string} chunk */
    const keep = (chunk) => {
      const text = chunk.toString();
      output = (output + text).slice(-keptOutput);
      if (log) appendQuietly(log, text);
      if (onLine) for (const line of text.split(/[\r\n]+/)) if (line.trim() !== "") onLine(line.trim());
    };
    // npm and pip are .cmd files on Windows, which only a shell starts.
    const child = spawn(program, parameters, {
      cwd,
      env,
      shell: windows && !program.endsWith(".exe"),
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      running.delete(child);
      keep(`${error.message}\n`);
      resolve({ code: 127, output });
    });
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Stops all programs that are still running. */
function stopPrograms() {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * A log is a help, not a result: a full disk must not hide the failure that it would have recorded.
 *
 * @param {string} file
 * @param {string} text
 */
function appendQuietly(file, text) {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, text);
  } catch {
    // Nothing to do: the end of the output is kept in memory too.
  }
}

/**
 * Finds a program the way a shell does.
 *
 * @param {string} name Its name, or a path.
 * @param {NodeJS.ProcessEnv} [env] Where PATH is read; default: ours.
 * @returns {string | null} Its path.
 */
function findProgram(name, env = process.env) {
  const endings = windows ? ["", ...(env.PATHEXT ?? ".EXE;.CMD;.BAT").split(";")] : [""];
  const folders = name.includes(path.sep)
    ? [""]
    : (env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  for (const folder of folders) {
    for (const ending of endings) {
      const candidate = folder === "" ? name + ending : path.join(folder, name + ending);
      try {
        fs.accessSync(candidate, fs.constants.X_OK);
        if (fs.statSync(candidate).isFile()) return candidate;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

module.exports = { runProgram, stopPrograms, findProgram, appendQuietly };
