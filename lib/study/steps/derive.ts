import { deriveWinner, scoreForDerivation, trainCandidate } from "../../derive/derive-winner";
import { scoreForControl, trainControl, trainDrawn } from "../../derive/random-control";
import type { TrainingWatch } from "../../train/watch-training";
import { watchToTell } from "../../validate/worker";
import { searchFolder } from "../layout";
import type { Study } from "../open-study";
import { filledSettings } from "../study-facts";
import { searchesOf, type PlannedSearch } from "./searches";
import { sealIn, type PlannedStudy, type Step, type UnitWork } from "./step";

/** What architectures are scored and trained for, and judged by. */
interface Task<Options> {
  readonly search: string;
  readonly images: ReturnType<Study["searchImages"]>;
  readonly options: Options;
  readonly watch: (title: string) => TrainingWatch;
}

/** Architectures that are scored with shared weights, each trained from scratch, and gathered: of a derivation, of a control. */
interface Trained<Options> {
  readonly titleOf: (search: PlannedSearch) => string;
  /** The name of the last unit; null where a search has none. */
  readonly nameOf: (search: PlannedSearch) => string | null;
  readonly countOf: (settings: ReturnType<typeof filledSettings>) => number;
  readonly costsOf: (costs: PlannedStudy["costs"]) => { readonly scores: number; readonly each: number };
  readonly optionsOf: (study: Study, seed: number) => Options;
  readonly score: (folder: string, task: Task<Options>) => Promise<unknown>;
  readonly train: (folder: string, task: Task<Options>, number: number) => Promise<string | null>;
  readonly gather: (folder: string, task: Task<Options>) => Promise<unknown>;
}

/** Makes the three steps: the scores, a unit for each training, and what gathers them. */
function stepsOf<Options>(trained: Trained<Options>): readonly [Step, Step, Step] {
  const { titleOf, nameOf, countOf, costsOf } = trained;
  const placesOf = (study: PlannedStudy) =>
    searchesOf(study).flatMap((search) => {
      const name = nameOf(search);
      if (name === null) return [];
      const count = countOf(filledSettings(study.settings));
      const candidates = Array.from({ length: count }, (_, index) => `${name}/candidates/${index + 1}`);
      const of = { strategy: search.slug, seed: search.seed };
      const common = { threads: study.threadsOf("search"), of };
      return [{ search, name, candidates, common, title: titleOf(search), scores: `${name}/scores` }];
    });
  const taskOf = async ({ open, unit, tell }: UnitWork) => {
    const { strategy, seed } = unit.of as { readonly strategy: string; readonly seed: number };
    const study = await open();
    const search = searchesOf(study).find((one) => one.slug === strategy && one.seed === seed)!;
    const task: Task<Options> = {
      search: searchFolder(study, seed, strategy),
      images: study.searchImages(),
      options: trained.optionsOf(study, seed),
      watch: () => watchToTell(tell),
    };
    return { task, folder: study.path(...nameOf(search)!.split("/")) };
  };
  return [
    {
      list: (study) =>
        placesOf(study).map(({ search, scores, title, common }) => ({
          ...{ name: scores, title: `${title}, scores`, needs: [search.searched] },
          ...{ ...common, cost: costsOf(study.costs).scores },
        })),
      async run(work) {
        const { folder, task } = await taskOf(work);
        await trained.score(folder, task);
      },
    },
    {
      list: (study) =>
        placesOf(study).flatMap(({ candidates, scores, title, common }) =>
          candidates.map((name, index) => ({
            ...{ name, title: `${title}, training ${index + 1}`, needs: [scores] },
            ...{ ...common, of: { ...common.of, number: index + 1 }, cost: costsOf(study.costs).each },
          })),
        ),
      async run(work) {
        const { folder, task } = await taskOf(work);
        await sealIn(work, async () => ({
          architecture: await trained.train(folder, task, work.unit.of.number as number),
        }));
      },
    },
    {
      list: (study) =>
        placesOf(study).map(({ name, candidates, title, common }) => ({
          ...{ name, title, needs: candidates },
          ...{ ...common, cost: 0 },
        })),
      async run(work) {
        const { folder, task } = await taskOf(work);
        await trained.gather(folder, task);
      },
    },
  ];
}

/** What is derived from each search. */
export const deriveSteps = stepsOf({
  titleOf: ({ title, seed }) => `${title} derivation, seed ${seed}`,
  nameOf: ({ derived }) => derived,
  countOf: ({ derive }) => Math.min(derive.trained, derive.samples),
  costsOf: ({ scores, candidate }) => ({ scores, each: candidate }),
  optionsOf: ({ settings }, seed) => ({ ...settings.derive, seed }),
  ...{ score: scoreForDerivation, train: trainCandidate, gather: deriveWinner },
});

/** The random architectures that each search is judged by. */
export const controlSteps = stepsOf({
  titleOf: ({ seed }) => `random control, seed ${seed}`,
  nameOf: ({ control }) => control,
  countOf: ({ control }) => control.count,
  costsOf: ({ controlScores, controlCandidate }) => ({ scores: controlScores, each: controlCandidate }),
  optionsOf: ({ settings }, seed) => ({ ...settings.control, seed }),
  ...{ score: scoreForControl, train: trainDrawn, gather: trainControl },
});
