import { readCandidates } from "../../derive/read-candidates";
import { controlFolder, deriveFolder, furtherBudgets, furtherFolder } from "../layout";
import { keepWinner } from "../winner";
import { searchesOf } from "./searches";
import { sealIn, type Step } from "./step";

/** The unit that everything of the found network waits for. */
export const winnerName = "units/winner";

/** Names the winner of all searches, and the random controls that go on beside it. */
export const winnerStep: Step = {
  list: (study) => [
    {
      ...{ name: winnerName, title: "winner of all searches", of: {} },
      needs: searchesOf(study).flatMap(({ own, searched, derived, control }) =>
        own ? [...furtherBudgets(study).map((budget) => furtherFolder(searched, budget)), derived, control!] : [],
      ),
      ...{ threads: study.threadsOf("found"), cost: 0 },
    },
  ],
  async run(work) {
    const study = await work.open();
    await sealIn(work, () => {
      const { seeds } = study.settings.search;
      const candidatesOf = (folder: string) => readCandidates(folder).candidates;
      const winner = keepWinner(
        study,
        seeds.map((seed) => {
          const candidates = candidatesOf(deriveFolder(study, seed));
          return { seed, candidates, winner: candidates[0]! };
        }),
        seeds.map((seed) => ({ seed, drawn: candidatesOf(controlFolder(study, seed)) })),
      );
      return Promise.resolve({ winner: winner.winner.hash, controls: winner.controls.map(({ hash }) => hash) });
    });
  },
};
