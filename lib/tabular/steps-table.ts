import type { TableCell } from "../display/table";
import { benchmarkFolder } from "./benchmark-folder";
import { readProtocol } from "./protocol";
import { nestedOf } from "./run-nested";
import { replayOf } from "./run-replay";
import { workOf, type StepWork } from "./run-step";
import { supernetsOf } from "./run-supernets";

/**
 * Says which steps a benchmark's protocol has, and how much of each is measured.
 *
 * @param folder Its folder; default: the project's `results/search-benchmark`.
 * @returns A row a step.
 * @throws {Problem} Where its files are damaged.
 */
export function tableOfSteps(folder: string = benchmarkFolder()): Record<string, TableCell>[] {
  const protocol = readProtocol(folder);
  return protocol.steps.map(({ name, asks }) => {
    const [trainings, supernets] = [workOf(folder, protocol, name), supernetsOf(folder, protocol, name)];
    const tell = ({ total, done }: StepWork) => (total === 0 ? "–" : `${done} of ${total}`);
    const [replays, searches] = [replayOf(folder, protocol, name), nestedOf(folder, protocol, name)];
    return {
      ...{ step: name, trainings: tell(trainings), supernets: tell(supernets) },
      ...{ replays: tell(replays), searches: tell(searches), "what it asks": asks },
    };
  });
}
