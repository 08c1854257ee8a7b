import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { projectRoot } from "../runtime/environment";
import { takeFigureApart } from "./figure-data";
import type { BlockOf, ReportContents } from "./report-contents";

/** What of a layout says how wide a picture is. */
interface FigureLayout {
  readonly meta?: { readonly drawnWide?: number };
}

/** Width of a figure that has none of its own, in pixels: that of a page of paper. */
const usualWidth = 720;

/** The most letters of a picture as SVG; of a figure with more points the script of the page draws alone. */
const mostLetters = 400_000;

/**
 * Draws every figure of a report once more as a picture, for viewers that run no script, and for paper. A Chromium draws them, without
 * a network; where there is none, the report stays as it is.
 *
 * @returns The report, whose figures have their pictures. Equal reports have equal pictures.
 */
export async function withStills(report: ReportContents): Promise<ReportContents> {
  const figures = report.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "figure"));
  const all = [...figuresOf(report.answer), ...figures];
  if (all.length === 0) return report;
  const folder = mkdtempSync(join(tmpdir(), "sononas-figures-"));
  try {
    const place = join(folder, "figures");
    mkdirSync(place);
    const fileOf = (index: number, ending: string) => join(place, `${String(index).padStart(3, "0")}.${ending}`);
    all.forEach(({ figure }, index) => {
      const { data, layout } = JSON.parse(takeFigureApart(figure).json) as { data: object[]; layout: FigureLayout };
      // plotly names what has no name by chance, and that stands in the picture.
      const named = data.map((trace, number) => ({ ...trace, uid: `t${number}` }));
      writeFileSync(
        fileOf(index, "json"),
        JSON.stringify({ data: named, layout: { width: layout.meta?.drawnWide ?? usualWidth, ...layout } }),
      );
    });
    await drawBelow(folder);
    const stills = new Map(
      all.flatMap((block, index) => {
        const file = fileOf(index, "svg");
        const svg = existsSync(file) ? withoutChance(readFileSync(file, "utf8")) : "";
        return svg === "" || svg.length > mostLetters ? [] : [[block, svg] as const];
      }),
    );
    const withOwn = <Block>(block: Block): Block => {
      const still = stills.get(block as BlockOf<"figure">);
      return still === undefined ? block : { ...block, still };
    };
    return {
      ...report,
      ...(report.answer === undefined || report.answer === null
        ? {}
        : { answer: { ...report.answer, figure: withOwn(report.answer.figure) } }),
      sections: report.sections.map((section) => ({ ...section, blocks: section.blocks.map(withOwn) })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const figuresOf = (answer: ReportContents["answer"]) => (answer?.figure == null ? [] : [answer.figure]);

// The set-up's own program, which has the browser. What it cannot draw is not there afterwards.
async function drawBelow(folder: string): Promise<void> {
  const script = join(projectRoot, "setup", "draw-figures.cjs");
  const child = spawn(process.execPath, [script, folder, "--svg"], { stdio: "ignore", cwd: projectRoot });
  await new Promise<void>((resolve) => {
    child.once("error", () => {
      resolve();
    });
    child.once("close", () => {
      resolve();
    });
  });
}

// The name of the figure itself cannot be given.
function withoutChance(svg: string): string {
  const [, name] = /id="(?:top)?defs-([0-9a-f]{6})"/.exec(svg) ?? [];
  return name === undefined ? svg : svg.replaceAll(name, "figure");
}
