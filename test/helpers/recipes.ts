import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";

/** A step of a recipe: a file that is new, or lines that are added to one that is there. */
export interface RecipeStep {
  /** The file, from the project's folder. */
  readonly file: string;
  /** Whether it is new. */
  readonly isNew: boolean;
  /** Its text, or the lines of a change: each begins with " " where it stays, "-" where it goes and "+" where it comes. */
  readonly text: string;
}

/** A recipe of docs/extend.md. */
export interface Recipe {
  /** What it adds: the heading. */
  readonly title: string;
  /** Its steps, in order. */
  readonly steps: readonly RecipeStep[];
}

/**
 * Reads the recipes of a page: each heading of the second level that has blocks of code with `file=PATH`, "ts" for a new file
 * and "diff" for a change.
 *
 * @param page The page's text, Markdown.
 * @returns The recipes, in order.
 */
export function readRecipes(page: string): Recipe[] {
  return page.split(/^## /m).flatMap((section) => {
    const title = section.slice(0, section.indexOf("\n")).trim();
    const steps = [...section.matchAll(/^```(ts|diff) file=(\S+)\n([\s\S]*?)^```$/gm)].map(
      ([, language, file, text]): RecipeStep => ({ file: file!, isNew: language === "ts", text: text! }),
    );
    return steps.length === 0 ? [] : [{ title, steps }];
  });
}

/**
 * Copies what it takes to compile and test the library, without what running it left.
 *
 * @param target An empty folder.
 */
export function copyProject(target: string): void {
  for (const name of [
    "lib",
    "setup/machine",
    "test/helpers",
    "test/display/every-figure",
    "package.json",
    "tsconfig.json",
    ".mocharc.cjs",
  ])
    cpSync(join(projectRoot, name), join(target, name), { recursive: true });
  for (const name of ["node_modules", ".setup"])
    if (existsSync(join(projectRoot, name))) symlinkSync(join(projectRoot, name), join(target, name), "dir");
}

/**
 * Takes a step of a recipe.
 *
 * @param folder The copy of the project.
 * @param step The step.
 * @throws {Error} Where a new file is there already, or the lines that a change stands by are missing or there twice.
 */
export function takeStep(folder: string, { file, isNew, text }: RecipeStep): void {
  const path = join(folder, file);
  if (isNew) {
    if (existsSync(path)) throw new Error(`${file} is there already.`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  const lines = text.replace(/\n$/, "").split("\n");
  const wrong = lines.find((line) => !/^[ +-]/.test(line));
  if (wrong !== undefined)
    throw new Error(`A change of ${file} has the line "${wrong}", expected " ", "-" or "+" before it.`);
  const textOf = (chosen: readonly string[]) => chosen.map((line) => `${line.slice(1)}\n`).join("");
  const before = textOf(lines.filter((line) => !line.startsWith("+")));
  const parts = readFileSync(path, "utf8").split(before);
  if (parts.length !== 2) {
    throw new Error(`${file} holds ${parts.length - 1} times what a change of docs/extend.md stands by:\n${before}`);
  }
  writeFileSync(path, parts.join(textOf(lines.filter((line) => !line.startsWith("-")))));
}

/**
 * Runs a program of the copy.
 *
 * @param folder The copy.
 * @param parameters The program in `node_modules`, and its parameters.
 * @returns Its exit code and what it printed.
 */
export function runInCopy(folder: string, parameters: readonly string[]): { code: number; output: string } {
  const [program, ...others] = parameters;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "node_modules", program!), ...others], {
    cwd: folder,
    encoding: "utf8",
  });
  return { code: status ?? 1, output: `${stdout}\n${stderr}` };
}
