import { match, deepEqual } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

import { notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { projectNotebooks } from "../../lib/study/contents";
import { findRemains, type NotebookFile } from "../../lib/study/notebook-file";

/** The most characters in a line of code: what JupyterLab shows beside its file list without a scroll bar. */
const widest = 92;

/**
 * The notebook as it would be committed: a reader who has run it in JupyterLab has outputs in the file, and that is
 * right. Without git, the file itself.
 */
function committed(name: string): NotebookFile {
  let text: string;
  try {
    text = execFileSync("git", ["show", `:notebooks/${name}`], { cwd: projectRoot, encoding: "utf8", stdio: "pipe" });
  } catch {
    text = readFileSync(join(notebooksRoot, name), "utf8");
  }
  return JSON.parse(text) as NotebookFile;
}

const notebooks = projectNotebooks.map((name) => ({ name, notebook: committed(name) }));

const linesOf = ({ source }: { source: string | string[] }) =>
  (typeof source === "string" ? source : source.join("")).split("\n");

/** Finds `{ name }` where another cell declares the name: the kernel renames it there, and the cell would not run. */
function shortNames(cell: string): string[] {
  const source = ts.createSourceFile("cell.ts", cell, ts.ScriptTarget.ES2022, true);
  const [short, declared] = [new Array<string>(), new Set<string>()];
  const look = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) short.push(node.name.text);
    const named = ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node);
    if ((named || ts.isFunctionDeclaration(node)) && node.name !== undefined && ts.isIdentifier(node.name))
      declared.add(node.name.text);
    ts.forEachChild(node, look);
  };
  look(source);
  return short.filter((name) => !declared.has(name));
}

describe("the committed notebooks", () => {
  for (const { name, notebook } of notebooks) {
    it(`hold no outputs: ${name}`, () => {
      deepEqual(findRemains(notebook), []);
    });

    it(`fit the page: ${name}`, () => {
      const code = notebook.cells.filter((cell) => cell.cell_type === "code");
      deepEqual(
        code.flatMap(linesOf).filter((line) => line.length > widest),
        [],
      );
    });

    it(`take their chance from the seeded generator: ${name}`, () => {
      deepEqual(
        notebook.cells.flatMap(linesOf).filter((line) => line.includes("Math.random")),
        [],
      );
    });

    it(`name no fold, which another split calls otherwise: ${name}`, () => {
      const code = notebook.cells.filter((cell) => cell.cell_type === "code");
      deepEqual(
        code.flatMap(linesOf).filter((line) => /["'`]fold \d/.test(line)),
        [],
      );
    });

    it(`write names of other cells out, { one: one }: ${name}`, () => {
      const code = notebook.cells.filter((cell) => cell.cell_type === "code");
      deepEqual(
        code.flatMap((cell) => shortNames(linesOf(cell).join("\n"))),
        [],
      );
    });

    it(`import the library by its name: ${name}`, () => {
      const imports = notebook.cells.flatMap(linesOf).filter((line) => /\bfrom "\.|require\("\./.test(line));
      deepEqual(imports, []);
    });
  }

  // The kernel compiles a cell when it is run, without the strict checks: what it would refuse is found here, before anybody waits.
  it("compile, each as one program", function () {
    this.timeout(180_000);
    const texts = new Map(
      notebooks.map(({ name, notebook }) => {
        const code = notebook.cells.filter((cell) => cell.cell_type === "code").flatMap(linesOf);
        return [join(projectRoot, "notebooks", name.replace(".ipynb", ".ts")), `${code.join("\n")}\nexport {};\n`];
      }),
    );
    const options: ts.CompilerOptions = {
      ...{ target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts", "lib.dom.d.ts"], types: ["node"] },
      ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, esModuleInterop: true },
      ...{ resolveJsonModule: true, skipLibCheck: true, noEmit: true, baseUrl: projectRoot },
      paths: { sononas: ["lib/index.ts"] },
    };
    const host = ts.createCompilerHost(options);
    const disk = { ...host };
    host.fileExists = (file) => texts.has(file) || disk.fileExists(file);
    host.readFile = (file) => texts.get(file) ?? disk.readFile(file);
    host.getSourceFile = (file, version, ...rest) => {
      const text = texts.get(file);
      return text === undefined ? disk.getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
    };
    const program = ts.createProgram([...texts.keys()], options, host);
    const faults = [...texts.keys()].flatMap((file) => {
      const source = program.getSourceFile(file)!;
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    });
    deepEqual(ts.formatDiagnostics(faults, { ...host, getCurrentDirectory: () => projectRoot }), "");
  });
});

describe("the notebook that is shown executed", () => {
  const file = join(projectRoot, "docs", "notebooks", "00_start_here.ipynb");
  const shown = JSON.parse(readFileSync(file, "utf8")) as NotebookFile;

  // Where this fails, run it again as CONTRIBUTING.md says.
  it("is of the notebook as it is, all of which ran", () => {
    const textsOf = ({ cells }: NotebookFile) => cells.map((cell) => linesOf(cell).join("\n"));
    deepEqual(textsOf(shown), textsOf(committed("00_start_here.ipynb")));
    const code = shown.cells.filter((cell) => cell.cell_type === "code");
    deepEqual(
      code.filter(({ outputs }) => outputs!.length === 0).map(({ id }) => id),
      [],
    );
  });

  it("needs no script, and names no folder of a machine", () => {
    const text = JSON.stringify(shown);
    deepEqual(text.includes("stderr"), false);
    const outputs = shown.cells.flatMap((cell) => (cell.outputs ?? []) as { data?: Record<string, string> }[]);
    const figures = outputs.flatMap(({ data }) =>
      data?.["application/vnd.plotly.v1+json"] === undefined ? [] : [data],
    );
    deepEqual(figures.length > 0, true);
    for (const figure of figures) match(figure["image/png"]!, /^iVBOR/, "a picture beside each figure");
    // Pictures are letters and strokes too, more of them than a path has. Behind a letter, a point or a bracket a stroke begins no path.
    const said = text.replaceAll(/[\w+/]{200,}=*|https?:\/\/[^\s"\\]+/g, "").replaceAll("\\n", "\n");
    deepEqual(said.match(/(?<![\w.<)])\/\w[\w.-]*\/[\w./-]*/g), null, "a path from the root of a disk");
  });
});
