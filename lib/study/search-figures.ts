import type { Figure } from "../display/figure";
import type { TableCell } from "../display/table";
import { drawChoices, drawPareto, drawSearch } from "../search/figures";
import { checkSearch } from "../search/search-options";
import type { Graph } from "../graph/graph";
import { encode } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { drawFront } from "../trials/figures/draw-front";
import { drawTrials } from "../trials/figures/draw-trials";
import type { FrontPoint } from "../trials/front";
import { levelsOf } from "../trials/levels";
import type { TrialSearchResult } from "../trials/trial-record";
import { foundNetwork } from "./found-network";
import { nameToTitle } from "./report/blocks";
import { readSearches, type StudySearchMaterial } from "./study-searches";
import type { Study } from "./open-study";

/** A figure of a search. */
export interface SearchFigure {
  readonly figure: Figure;
  /** What is to be seen. */
  readonly caption: string;
}

/**
 * Draws how a study's own searches went, whatever kind they are of: with shared weights the curves, the choices and the rewards against
 * cost; by trials each training, and what networks are worth against what they cost.
 *
 * @returns The figures, search by search; none of a search that is not done.
 */
export function figuresOfSearches(study: Pick<Study, "path" | "settings">): SearchFigure[] {
  return readSearches(study)
    .filter(({ own }) => own)
    .flatMap((search) => figuresOf(search));
}

/** Draws one search; see {@link figuresOfSearches}. Of a control of shared weights the curves alone. */
export function figuresOf({ seed, name, own, records, trials }: StudySearchMaterial): SearchFigure[] {
  const title = `${nameToTitle(name)} search, seed ${seed}`;
  if (trials !== null) return trials.value === null ? [] : figuresOfTrials(trials.value, title);
  if (records.value === null || records.value.epochs.length === 0) return [];
  const { epochs, scored, options } = records.value;
  const curves = {
    figure: drawSearch(epochs, title),
    caption: `${epochs.length} epochs, ${scored.length} architectures scored by ${options.reward.measure} with shared weights. Rewards rise while shared weights learn, whatever the strategy does: a strategy that has learned has lost entropy.`,
  };
  if (!own || scored.length === 0) return [curves];
  return [
    curves,
    {
      figure: drawChoices(epochs, `Choices, seed ${seed}`),
      caption: "The share of each choice among the architectures of an epoch. Even colours: nothing was learned.",
    },
    {
      figure: drawPareto(scored, "parameters", options.reward.measure),
      caption:
        "Each architecture that was scored, by the parameters of its own network; the line is beaten by none in both.",
    },
  ];
}

/**
 * Says in a row a search what a study's own searches have done and cost.
 *
 * @returns The rows; of a search that is not done what is missing.
 */
export function tableOfSearches(study: Pick<Study, "path" | "settings">): Record<string, TableCell>[] {
  return readSearches(study)
    .filter(({ own }) => own)
    .map(({ name, seed, records, trials }): Record<string, TableCell> => {
      const head = { search: name, seed };
      if (trials !== null) {
        if (trials.value === null) return { ...head, missing: trials.missing };
        const { seconds, supernets, sharers, scoring } = trials.value.accounts;
        return {
          ...head,
          trainings: trials.value.trials.length,
          networks: new Set(trials.value.trials.map(({ candidate }) => candidate)).size,
          "processor seconds": Math.round(seconds),
          "of them supernets": Math.round(supernets / sharers),
          "supernets, whole": Math.round(supernets),
          "of them scores": Math.round(scoring),
        };
      }
      if (records.value === null) return { ...head, missing: records.missing };
      const { epochs, scored, seconds } = records.value;
      const last = epochs.at(-1);
      return {
        ...{ ...head, epochs: epochs.length, "architectures scored": scored.length },
        "mean reward, first": epochs.find(({ meanReward }) => meanReward !== null)?.meanReward ?? null,
        "mean reward, last": last?.meanReward ?? null,
        "entropy at the end (nats)": last?.entropy ?? null,
        seconds: Math.round(seconds),
      };
    });
}

/** What a search came to think best. */
export interface BestOfSearch {
  readonly seed: number;
  readonly architecture: Architecture;
  /** The same as whole numbers; see `space.encode`. */
  readonly numbers: readonly number[];
  /** Its network, for its drawing; null where the study's settings no longer fit it. */
  readonly network: Graph | null;
}

/**
 * Gives what each of a study's own searches came to think best: with shared weights by the reward of a single draw, by trials what its
 * strategy chose.
 *
 * @returns In the order of the seeds; nothing of a search that has found nothing yet.
 */
export function bestOfSearches(study: Pick<Study, "path" | "settings">): BestOfSearch[] {
  const { space } = checkSearch(study.settings.search.options);
  return readSearches(study)
    .filter(({ own }) => own)
    .flatMap(({ seed, records, trials }) => {
      const architecture = trials?.value?.chosen ?? records.value?.best?.architecture;
      if (architecture === undefined) return [];
      const network = foundNetwork(study.settings, architecture);
      return [{ seed, architecture, numbers: encode(space, architecture), network }];
    });
}

function figuresOfTrials(result: TrialSearchResult, title: string): SearchFigure[] {
  const { trials, accounts } = result;
  return [
    {
      figure: drawTrials(result, title),
      caption: `${trials.length} trainings of ${new Set(trials.map(({ candidate }) => candidate)).size} networks within ${Math.round(accounts.seconds)} processor seconds, each with weights of its own. Inner folds differ in how hard they are: compare within a colour.`,
    },
    {
      figure: drawFront(pointsOf(trials), { cost: "multiplyAdds", title: `Area against cost: ${title}` }),
      caption:
        "Mean areas, how hard each inner fold is taken out; bars are 95 % intervals. Networks that were trained more often were chosen for it: their areas flatter them.",
    },
  ];
}

function pointsOf(trials: TrialSearchResult["trials"]): FrontPoint[] {
  return levelsOf(trials).map(({ candidate, value, low, high, trainings }) => {
    const { multiplyAdds } = trials.find((trial) => trial.candidate === candidate)!;
    const group = trainings === 1 ? "trained once" : "trained more often";
    return { name: `candidate ${candidate}`, group, cost: multiplyAdds, value, low, high };
  });
}
