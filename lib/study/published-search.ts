import { basename, join } from "node:path";

import type { Candidate } from "../derive/candidate";
import { areShared, drawArms, drawScoreAgreement } from "../derive/figures";
import { tellVerdict } from "../derive/tell-verdict";
import type { TableCell } from "../display/table";
import { drawArchitecture } from "../space/architecture";
import { Problem } from "../runtime/problem";
import type { SearchEpoch } from "../search/search-record";
import type { TrialSearchResult } from "../trials/trial-record";
import { foundNetwork } from "./found-network";
import { csvOf, figureText } from "./kept-figures";
import { searchFigures, type StudyFigure } from "./report/parts";
import { layout, placeIn, placeOf } from "./layout";
import { readMaterial } from "./report/material";
import { figuresOf } from "./search-figures";
import { readStudyFile } from "./study-file";
import type { StudySearchMaterial } from "./study-searches";
import type { StudySettings } from "./study-settings";
import { keepVerdicts, type StudyVerdicts } from "./verdicts";
import type { Winner } from "./winner";

/**
 * Gathers what is published of a study's searches: tables of epochs and candidates, what each search was worth, figures as JSON,
 * and drawings of the architectures that went on to the cross-validation.
 *
 * @returns Names within the published folder, with what stands in them.
 * @throws {Problem} Where the folder is none of a study.
 */
export async function searchFiles(folder: string): Promise<[string, string][]> {
  const stored = readStudyFile(placeOf(placeIn(folder), "facts")) as { settings?: StudySettings } | null;
  if (stored?.settings === undefined) {
    throw new Problem(
      `${folder} has no ${layout.facts.place}.`,
      "Name the folder of a study: results/<set>-<profile>.",
    );
  }
  const study = { ...placeIn(folder), settings: stored.settings, name: basename(folder) };
  const { searches, winner, comparison } = readMaterial(study);
  // Numbers of other predictions than the folder has are not published.
  if (comparison.value === null) throw new Problem(comparison.missing, "Then publish.");
  const judged = keepVerdicts(study, searches);
  const files = [...searches.flatMap((search) => tablesOf(search)), ...verdictFile(judged)];
  const drawings = winner.value === null ? [] : await architectureFiles(study.settings, winner.value);
  return [...files, ...figureFiles(searches, judged), ...drawings];
}

/**
 * Draws the architectures that went on to a study's cross-validation, with their networks.
 *
 * @returns Names within the published folder, with what stands in them.
 */
export async function architectureFiles(
  settings: Parameters<typeof foundNetwork>[0],
  winner: Winner,
): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for (const { role, architecture } of chosenOf(winner)) {
    const { svg } = await drawArchitecture(architecture, foundNetwork(settings, architecture));
    files.push([join("architectures", `${role}.svg`), svg]);
  }
  return files;
}

function verdictFile({ verdicts }: StudyVerdicts): [string, string][] {
  const rows = verdicts.map((judged) => tellVerdict(judged));
  return rows.length === 0 ? [] : [[join(layout.search.place, "verdicts.csv"), csvOf(rows)]];
}

function figureFiles(searches: readonly StudySearchMaterial[], { arms }: StudyVerdicts): [string, string][] {
  const curves = searches.flatMap((search): StudyFigure[] =>
    figuresOf(search)
      .slice(0, 1)
      .map(({ figure, caption }) => ({
        ...{ name: `search-${search.slug}-seed-${search.seed}`, section: "search", figure },
        // Of curves: what they teach stands in the report.
        caption: search.trials === null ? caption.slice(0, caption.indexOf(".") + 1) : caption,
      })),
  );
  const judged: StudyFigure[] =
    arms.length === 0
      ? []
      : [
          { ...searchFigures.arms, figure: drawArms(arms) },
          ...(areShared(arms) ? [{ ...searchFigures.agreement, figure: drawScoreAgreement(arms) }] : []),
        ];
  return [...curves, ...judged].map((one) => [join(layout.figures.place, `${one.name}.json`), figureText(one)]);
}

function chosenOf(winner: Winner) {
  return [
    ...winner.winners.map(({ seed, architecture }) => ({ role: `found-seed-${seed}`, architecture })),
    ...winner.controls.map(({ architecture }, index) => ({ role: `random-${index + 1}`, architecture })),
  ];
}

function tablesOf({ seed, slug, own, records, trials, found, control }: StudySearchMaterial): [string, string][] {
  const search = `${slug}-seed-${seed}`;
  const files: [string, readonly Row[]][] = [
    [`${search}-epochs.csv`, (records.value?.epochs ?? []).map((epoch) => epochRow(epoch))],
    [`${search}-trials.csv`, trials?.value ? trialRows(trials.value) : []],
    [`${search}-candidates.csv`, (found.value?.candidates ?? []).map((candidate) => candidateRow(candidate))],
    // The searches of a seed are judged by the same random architectures.
    [`random-seed-${seed}.csv`, own ? (control.value?.candidates ?? []).map((one) => candidateRow(one)) : []],
  ];
  return files
    .filter(([, rows]) => rows.length > 0)
    .map(([file, rows]) => [join(layout.search.place, file), csvOf(rows)]);
}

type Row = Readonly<Record<string, TableCell>>;

function epochRow({ epoch, rate, trainingLoss, meanReward, bestReward, baseline, entropy }: SearchEpoch): Row {
  return {
    epoch,
    rate,
    training_loss: trainingLoss,
    mean_reward: meanReward,
    best_reward: bestReward,
    baseline,
    entropy_nats: entropy,
  };
}

function trialRows({ trials, accounts }: TrialSearchResult): Row[] {
  return trials.map(({ candidate, code, fold, area, parameters, multiplyAdds, shared }, place) => ({
    ...{ candidate, code: code.join(" "), inner_fold: fold + 1, auc: area, parameters, multiply_adds: multiplyAdds },
    ...{ shared_weights: shared, processor_seconds: accounts.trainings[place]! },
  }));
}

function candidateRow({ hash, parameters, multiplyAdds, drawn, onAll, standAlone }: Candidate): Row {
  return {
    hash,
    parameters,
    multiply_adds: multiplyAdds,
    shared_weights_drawn: drawn,
    shared_weights_all: onAll,
    own_weights_accuracy: standAlone?.accuracy ?? null,
    own_weights_auc: standAlone?.areaUnderCurve ?? null,
  };
}
