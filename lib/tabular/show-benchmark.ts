import { showFigure } from "../display/figure";
import { formatFixed } from "../display/number";
import { showTable, type TableCell } from "../display/table";
import { showText } from "../display/text";
import { Problem } from "../runtime/problem";
import { createRandom, type RandomGenerator } from "../runtime/random";
import { ceilingOfTau } from "../statistics/reliability";
import type { Benchmark } from "./benchmark";
import { decideDefault } from "./decide-default";
import { drawDistributions } from "./figures/draw-distributions";
import { drawReplays } from "./figures/draw-replays";
import { drawTableFront } from "./figures/draw-table-front";
import { armsOf } from "./judge-nested";
import { judgeReference } from "./judge-reference";
import { judgeSharing, judgeTrainingFree } from "./judge-scores";
import { tableTrainings } from "./labels";
import { fidelityTable, nestedTable, referencesTable, scoresTable, spacesTable, testedTable } from "./outcome-tables";
import { judgeFidelity, judgeSpaces } from "./outcomes";
import { outcomesOf } from "./protocol-outcomes";
import { raceTable } from "./race-strategies";
import { spaceDistributions } from "./space-distributions";
import { tableOfSteps } from "./steps-table";

/** The spaces of the table, the one that is searched first. */
const spaces = ["shape", "macro", "blocks"];
/** The trainings that scores are held against. */
const labels = { ...tableTrainings, set: "shape", folds: [1, 2, 3, 4, 5] };

const showRows = (rows: readonly Record<string, TableCell>[], caption: string) => {
  showTable([...rows], { caption, rows: rows.length });
};

const parts = {
  steps({ protocol, folder }: Benchmark) {
    showRows(tableOfSteps(folder), protocol.title);
  },
  reliability({ rows, networks }: Benchmark, random: RandomGenerator) {
    const outcomes = judgeFidelity(rows, networks, random.split("fidelity"));
    showRows(fidelityTable(outcomes), "Reliability; intervals by a bootstrap over networks");
    const { value } = outcomes.find(({ what }) => what.startsWith("reliability of five"))!;
    showText(`No score can agree with these labels beyond τ = ${ceilingOfTau(Math.max(0, value)).toFixed(2)}.`);
  },
  spaces({ rows }: Benchmark) {
    const drawn = spaceDistributions(rows, spaces);
    showFigure(drawDistributions(drawn.spaces, drawn.marks));
    const measured = spaces.filter((set) => rows.some((row) => row.set === set));
    if (measured.length > 1) showRows(spacesTable(judgeSpaces(rows, measured)), "Spaces as distributions");
  },
  scores(table: Benchmark, random: RandomGenerator) {
    const free = judgeTrainingFree(table, labels, random.split("free"));
    const shared = judgeSharing(table, labels, random.split("shared"));
    showRows(scoresTable([...free, ...shared]), "Kendall's τ of score and label, with 95 % intervals");
    if (shared.length === 0) showText("Not yet: scores by shared weights.");
  },
  front(table: Benchmark) {
    const { figure, leftOut } = drawTableFront(table, labels);
    if (leftOut > 0) showText(`${leftOut} networks that do not train by this recipe are left out.`);
    showFigure(figure);
  },
  replay({ replay }: Benchmark) {
    if (replay === null) {
      showText("Not yet: replays judged by the images that are put aside (step replay).");
      return;
    }
    const { strategies, sharing, decides, networks, ridge } = replay;
    const at = decides / 60;
    showFigure(drawReplays(strategies));
    showRows(
      raceTable(strategies, decides),
      `Against the random race, at ${at} processor minutes, on images put aside`,
    );
    showText(
      `${networks} networks; ${sharing === null ? "no shared scores" : `shared scores of the way ${sharing}`}. A ridge regression foretells ${formatFixed(ridge.explained, 2)} of what networks differ by, of which ${formatFixed(ridge.reliable, 2)} is reliable.`,
    );
  },
  nested({ nested, folder }: Benchmark, random: RandomGenerator) {
    if (nested.length === 0) {
      showText("Not yet: searches on outer folds (step nested).");
      return;
    }
    showRows(testedTable(nested), "Winners on images that no search has seen: means over outer folds and searches");
    const compared = nestedTable(nested);
    if (compared.length > 0) showRows(compared, "Arms, pair by pair: the same outer fold and seed");
    const beside = [...new Set(nested.filter(({ search }) => search === null).map(({ arm }) => arm))];
    const judged = beside.flatMap((reference) =>
      armsOf(nested).map((arm) => judgeReference(folder, nested, arm, reference, random.split(`${arm} ${reference}`))),
    );
    if (judged.length > 0) showRows(referencesTable(judged), "Winners against networks that nobody searched for");
  },
  default(table: Benchmark, random: RandomGenerator) {
    const { strategy, because, claim, open } = decideDefault(outcomesOf(table, labels.set, random.split("shared")));
    showText(`${strategy}: ${because}`);
    if (claim !== null) showText(`What may be said of it: ${claim}.`);
    if (open.length > 0) showText(`Not taken yet: ${open.join(", ")}.`);
  },
};

/**
 * Shows a part of a benchmark. What was not measured yet is a sentence.
 *
 * @param part "steps": how much of the protocol is measured; "reliability": what one number is worth; "spaces": the spaces as
 *   distributions; "scores": what orders networks without training them; "front": area against cost; "replay": strategies judged by
 *   the images that are put aside; "nested": searches on outer folds; "default": what becomes the default by the protocol's rule.
 * @param random Draws the bootstraps; default: seed 1.
 */
export function showBenchmark(table: Benchmark, part: keyof typeof parts, random = createRandom(1)): void {
  try {
    parts[part](table, random);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    showText(`Not yet: ${error.message}`);
  }
}
