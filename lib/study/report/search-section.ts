import { areShared, drawArms, drawScoreAgreement } from "../../derive/figures";
import { tellVerdict } from "../../derive/tell-verdict";
import type { TableCell } from "../../display/table";
import { describeArchitecture, drawArchitecture } from "../../space/architecture";
import type { ReportBlock, ReportSection } from "../../report/report-contents";
import { foundNetwork } from "../found-network";
import { isByTrials } from "../found-by";
import type { Study } from "../open-study";
import { figuresOf } from "../search-figures";
import type { StudySearchMaterial } from "../study-searches";
import { keepVerdicts } from "../verdicts";
import { factsOf, figureOf, nameToTitle, paragraph, sectionOf, tableOf } from "./blocks";
import type { StudyMaterial } from "./material";

/** Writes how the searches went, what they were worth by their controls, and what won. */
export async function describeSearch(
  study: Pick<Study, "searchFold" | "settings" | "path">,
  material: StudyMaterial,
): Promise<ReportSection> {
  const { searchFold } = study;
  const byTrials = isByTrials(study);
  return sectionOf("search", "Search", [
    paragraph(
      byTrials
        ? `Candidates were trained alone on inner folds of the ${searchFold.train.length} training images of ${searchFold.name}, and the best of them held against others on its ${searchFold.validation.length} validation images. Its ${searchFold.test.length} test images were not looked at.`
        : `The shared weights learned from the ${searchFold.train.length} training images of ${searchFold.name}, and architectures were rewarded on its ${searchFold.validation.length} validation images. Its ${searchFold.test.length} test images were not looked at.`,
    ),
    material.searches.flatMap((search) => describeOne(search)),
    judgeAll(study, material),
    await drawWinner(study, material),
  ]);
}

function describeOne(search: StudySearchMaterial): ReportBlock[] {
  const { seed, name, records, trials } = search;
  const missing = trials === null ? records.missing : trials.missing;
  if (missing !== null) return [paragraph(missing, "missing")];
  const unfinished = records.value?.finished === false ? records.value : null;
  return [
    ...(unfinished === null
      ? []
      : [
          paragraph(
            `The ${nameToTitle(name)} search, seed ${seed} is not done: ${unfinished.epochs.length} of ${unfinished.options.epochs} epochs. Run it to its end.`,
            "missing",
          ),
        ]),
    ...figuresOf(search).map(({ figure, caption }) => figureOf(figure, caption)),
  ];
}

function judgeAll(study: Pick<Study, "settings" | "path">, { searches }: StudyMaterial): ReportBlock[] {
  const { verdicts, arms, missing } = keepVerdicts(study, searches);
  const warnings = verdicts.flatMap(({ name, seed, verdict }) =>
    verdict.warnings.map((warning) => `${name}, seed ${seed}: ${warning}`),
  );
  const rows = verdicts.map((judged) => tellVerdict(judged));
  return [
    ...missing.map((sentence) => paragraph(sentence, "missing")),
    ...(verdicts.length === 0
      ? []
      : [
          tableOf(
            "What each search was worth: found architectures against those drawn at random, trained alike",
            rows.map((row) => pick(row, (column) => !isRank(column))),
            "Scores on the search-validation images after training from scratch; intervals by bootstrap.",
          ),
          ...(areShared(arms)
            ? [
                tableOf(
                  "How well the order by shared weights agrees with that of training from scratch",
                  rows.map((row) =>
                    pick(row, (column) => isRank(column) || ["search", "seed", "architectures"].includes(column)),
                  ),
                ),
              ]
            : []),
          { kind: "list" as const, points: warnings },
        ]),
    ...(arms.length === 0
      ? []
      : [
          figureOf(drawArms(arms), "One mark an architecture; the dashed lines are means."),
          ...(areShared(arms)
            ? [
                figureOf(
                  drawScoreAgreement(arms),
                  "A rising cloud: shared weights put architectures in the right order.",
                ),
              ]
            : []),
        ]),
  ];
}

const isRank = (column: string) => /[τρ]/.test(column);

function pick(row: Record<string, TableCell>, wanted: (column: string) => boolean): Record<string, TableCell> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => wanted(column)));
}

async function drawWinner(study: Pick<Study, "settings">, { winner: part }: StudyMaterial): Promise<ReportBlock[]> {
  if (part.value === null) return [paragraph(part.missing, "missing")];
  const { winner, winners } = part.value;
  return [
    factsOf({
      "Winner of all searches": winner.hash,
      "Comes from the search with the seed": winner.seed,
      "Winner of each search": winners.map(({ hash, seed }) => `seed ${seed}: ${hash.slice(0, 12)}`).join("; "),
    }),
    {
      kind: "drawing",
      drawing: await drawArchitecture(winner.architecture, foundNetwork(study.settings, winner.architecture)),
      caption: describeArchitecture(winner.architecture)
        .replaceAll(/:\n\s*/g, ": ")
        .replaceAll(/\n\s*/g, " · "),
    },
  ];
}
