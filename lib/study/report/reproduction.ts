import { existsSync } from "node:fs";

import type { TableCell } from "../../display/table";
import type { ReportSection } from "../../report/report-contents";
import { formatDuration } from "../../display/progress";
import { describeMachine, packageVersion } from "../../runtime/environment";
import { readRun } from "../../runs/read-run";
import type { Study } from "../open-study";
import { runsOf } from "../layout";
import { writeStudyOptions } from "../study-options";
import { factsOf, paragraph, sectionOf, tableOf } from "./blocks";
import { attempt } from "../attempt";
import type { StudyMaterial } from "./material";

/** Writes all that is needed to do it again: the command, seeds, versions, hashes, the machine and the time. */
export function describeReproduction(
  study: Pick<Study, "settings" | "dataset" | "profile" | "changes" | "path" | "split" | "prepared">,
  { found, handCrafted }: StudyMaterial,
): ReportSection {
  const { settings, prepared, split } = study;
  const { search, seeds } = settings;
  const machine = describeMachine();
  const costs = [found, handCrafted].flatMap(({ value }) => value?.costs ?? []);
  const seconds = costs.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0);
  const runs = tellRuns(study);
  return sectionOf("reproduce", "How to reproduce it", [
    factsOf({
      Command: `npm run setup && npm run study -- ${writeStudyOptions(study)}`,
      "Seeds of the search": search.seeds.join(", "),
      "Seeds of the training": seeds.join(", "),
      "Hash of the data": split.dataHash,
      "Hash of the prepared images": prepared.hash,
      ...(runs.versions === "" ? {} : { "Runs begun with": runs.versions }),
      "Report made with": `SonoNAS ${packageVersion("sononas")}, Node ${machine.node}`,
      "Report made on": `${machine.processor}, ${machine.processors} processors, ${machine.platform}`,
      ...(costs.length === 0
        ? {}
        : {
            "Threads and device of the trainings": [
              ...new Set(
                costs.map(({ threads, device }) => `${threads} ${threads === 1 ? "thread" : "threads"}, ${device}`),
              ),
            ].join("; "),
            "Training in the cross-validation": `${costs.length} units, ${formatDuration(seconds)}`,
          }),
    }),
    runs.rows.length > 0 &&
      tableOf(
        "Runs",
        runs.rows,
        "Equal outcomes have equal hashes, on the same machine with the same number of threads.",
      ),
    runs.notices.map((notice) => paragraph(notice, "caution")),
    paragraph(
      "Every run's folder holds its configuration, versions, metrics and predictions of each image; every number here can be computed again from them.",
    ),
  ]);
}

function tellRuns(study: Pick<Study, "settings" | "path">): {
  rows: Record<string, TableCell>[];
  notices: string[];
  versions: string;
} {
  const notices: string[] = [];
  const begunWith = new Set<string>();
  const rows = runsOf(study).flatMap(({ title, folder }): Record<string, TableCell>[] => {
    if (!existsSync(folder)) return [];
    const { value, missing } = attempt(() => readRun(folder));
    if (value === null) {
      notices.push(missing);
      return [];
    }
    notices.push(...value.notices);
    const { created, outcome, versions, machine } = value;
    begunWith.add(`SonoNAS ${versions.sononas}, Node ${versions.node}, TensorFlow.js ${versions.tfjs}`);
    return [
      {
        run: title,
        begun: minuteOf(created),
        done: outcome === null ? "not done" : minuteOf(outcome.finished),
        threads: versions.threads,
        processor: machine.processor,
        outcome: outcome === null ? null : outcome.hash.slice(0, 16),
      },
    ];
  });
  return { rows, notices, versions: [...begunWith].join("; ") };
}

const minuteOf = (time: string) => time.slice(0, 16).replace("T", " ");
