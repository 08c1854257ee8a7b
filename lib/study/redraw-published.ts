import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { readComparison } from "../compare/comparison-file";
import type { ComparisonRow } from "../compare/comparison-rows";
import { drawCostPlane } from "../compare/figures/draw-cost-plane";
import { drawDifferences } from "../compare/figures/draw-differences";
import type { Arm } from "../derive/arms";
import { drawArms, drawScoreAgreement } from "../derive/figures";
import type { Candidate } from "../derive/candidate";
import type { Figure } from "../display/figure";
import { readTable } from "../files/table";
import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { drawSearch } from "../search/figures";
import type { SearchEpoch } from "../search/search-record";
import { readFamily } from "./comparison-files";
import { figureText, readFigures } from "./kept-figures";
import { layout, placeIn, placeOf, type StudyPlace } from "./layout";
import { architectureFiles } from "./published-search";
import { restyleFigure } from "./restyle-figure";
import { readFacts } from "./study-facts";
import { readWinner } from "./winner";

/**
 * Draws the figures and architectures of published studies anew, in the look of this version, from what was published: tables where they
 * hold all of a figure, else its own numbers. For studies whose own folders are gone, as predictions of networks are.
 *
 * @param target The folder, such as `results/bus-bra`.
 * @returns The files that were written, sorted.
 * @throws {Problem} Where nothing was published there, or a file is damaged.
 */
export async function redrawPublished(target: string): Promise<string[]> {
  const table = join(target, layout.comparison.place);
  const folders = existsSync(table)
    ? readdirSync(target).filter((name) => existsSync(join(target, name, layout.facts.place)))
    : [];
  if (folders.length === 0)
    throw new Problem(`${target} has no published study.`, "Publish one: `npm run publish:results -- --help`.");
  const rows = readComparison(table);
  const written: string[] = [];
  for (const name of folders) {
    const study = { ...placeIn(join(target, name)), name };
    const { settings } = readFacts(study)!;
    const { size, channels = ["gray"] } = settings.preparation;
    const own = rowsOf(rows, `${size ?? 64}x${size ?? 64}x${channels.length}`);
    const files = [
      ...readFigures(study).figures.map((one): [string, string] => [
        join(layout.figures.place, `${one.name}.json`),
        figureText({ ...one, figure: redraw(one.name, one.figure, own, study) }),
      ]),
      ...(await architectureFiles(settings, readWinner(study))),
    ];
    for (const [file, text] of files) {
      writeAtomically(join(target, name, file), text);
      written.push(join(target, name, file));
    }
  }
  return written.sort();
}

// A table of several studies has each model with its input behind its name.
function rowsOf(rows: readonly ComparisonRow[], input: string): ComparisonRow[] {
  const ending = `, ${input}`;
  return rows
    .filter((row) => row.input === input || row.input === null)
    .map((row) => ({ ...row, model: row.model.endsWith(ending) ? row.model.slice(0, -ending.length) : row.model }));
}

function redraw(name: string, figure: Figure, rows: readonly ComparisonRow[], study: StudyPlace): Figure {
  const kinds = new Map(rows.map(({ model, kind }) => [model, kind]));
  // As many models as the figure had: a reader came to the table later.
  if (name === "cost") return drawCostPlane(rows.filter(({ kind }) => kind !== "reader"));
  if (name === "found-and-random")
    return drawArms(armsOf(figure, (trace) => scoresOf(trace).map((score) => [null, score])));
  if (name === "shared-and-own-weights")
    return drawScoreAgreement(armsOf(figure, ({ x, y }) => x!.map((reward, index) => [reward, Number(y[index])])));
  const measure = name === "differences-accuracy" ? "accuracy" : name === "differences-area" ? "areaUnderCurve" : null;
  const family = measure === null ? null : readFamily(placeOf(study, "family"));
  if (measure !== null && family !== null) return drawDifferences(family, measure);
  const [, search] = /^search-(.+)$/.exec(name) ?? [];
  const epochs = search === undefined ? "" : placeOf(study, "search", `${search}-epochs.csv`);
  if (existsSync(epochs)) return drawSearch(readEpochs(epochs), titleOf(figure));
  return restyleFigure(figure, kinds);
}

const titleOf = ({ layout: { title } }: Figure) => (typeof title === "string" ? title : (title?.text ?? ""));

/** A trace of a figure of arms. */
interface ArmTrace {
  readonly name: string;
  readonly orientation?: "h";
  readonly x?: readonly number[];
  readonly y: readonly (number | string)[];
  readonly text?: readonly string[];
}

// Boxes stood upright once.
const scoresOf = ({ orientation, x, y }: ArmTrace): number[] => (orientation === "h" ? x! : y).map(Number);

// What was called "found by ENAS" once is "ENAS".
function armsOf(figure: Figure, pairsOf: (trace: ArmTrace) => (readonly [number | null, number])[]): Arm[] {
  return (figure.data as unknown as ArmTrace[]).map((trace): Arm => {
    const name = trace.name.replace(/^found by /, "").replace(/^found with an? /, "");
    const candidates = pairsOf(trace).map(
      ([onAll, score], index) => ({ hash: trace.text?.[index] ?? "", onAll, standAlone: { score } }) as Candidate,
    );
    return { name, kind: name === "drawn at random" ? "control" : "found", candidates };
  });
}

function readEpochs(file: string): SearchEpoch[] {
  const columns = ["epoch", "rate", "training_loss", "mean_reward", "best_reward", "baseline", "entropy_nats"];
  const value = (cell: string | undefined) => (cell === undefined || cell === "" ? null : Number(cell));
  return readTable(file, { columns, delimiter: "," }).map(
    (row) =>
      ({
        ...{ event: "epoch", epoch: Number(row.epoch), rate: Number(row.rate) },
        ...{ trainingLoss: Number(row.training_loss), meanReward: value(row.mean_reward) },
        ...{ bestReward: value(row.best_reward), baseline: value(row.baseline), entropy: value(row.entropy_nats) },
      }) as SearchEpoch,
  );
}
