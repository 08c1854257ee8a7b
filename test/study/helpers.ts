import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compareAll } from "../../lib/compare/compare-all";
import { comparisonRows } from "../../lib/compare/comparison-rows";
import { judgeClaim } from "../../lib/compare/judge-claim";
import type { Split } from "../../lib/data/split/split";
import type { Candidate } from "../../lib/derive/candidate";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { writePredictions } from "../../lib/evaluate/prediction-file";
import type { Prediction } from "../../lib/evaluate/predictions";
import { writeAtomically } from "../../lib/files/write-atomically";
import { createRandom, type RandomGenerator } from "../../lib/runtime/random";
import { openRun } from "../../lib/runs/open-run";
import type { Json } from "../../lib/runs/state";
import { checkSearch } from "../../lib/search/search-options";
import { countChoices, type ScoredRecord, type SearchEpoch } from "../../lib/search/search-record";
import { encode, hashArchitecture } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import { keepComparison } from "../../lib/study/comparison-files";
import { searchFolder } from "../../lib/study/layout";
import { openStudy, type Study } from "../../lib/study/open-study";
import type { ReportBlock, ReportSection } from "../../lib/report/report-contents";
import { fastPlace } from "../helpers/run-folder";
import { foundPlan, handCraftedPlan } from "../../lib/study/validation-plans";
import type { StudyEvaluation } from "../../lib/study/report/evaluated";
import { planTrainingParts } from "../../lib/study/training-parts";
import { keepWinner } from "../../lib/study/winner";
import { checkPlan, type GivenPlan } from "../../lib/validate/plan";
import { readValidation } from "../../lib/validate/read-validation";
import { writeCost } from "../../lib/validate/unit-cost";
import { listUnits, writeUnits } from "../../lib/validate/units";
import { microSpace } from "../helpers/spaces";

/** Chance by name. */
const chance = (name: string): RandomGenerator => createRandom(7).split(name);

/** Looking at all phantoms and preparing them takes seconds: it is done once. */
let opened: Promise<Study> | null = null;

/** Variables under which no command has chosen a study. */
export const unchosen = { SONONAS_STUDY: undefined, SONONAS_PROFILE: undefined, SONONAS_DATASET: undefined };

/** Sets variables of the environment for a group of tests, and puts the old values back. */
export function withVariables(values: () => Record<string, string | undefined>): void {
  let before: Record<string, string | undefined> = {};
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };
  beforeEach(() => {
    const wanted = values();
    before = Object.fromEntries(Object.keys(wanted).map((name) => [name, process.env[name]]));
    for (const [name, value] of Object.entries(wanted)) set(name, value);
  });
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) set(name, value);
  });
}

/** What is evaluated where nothing was tested. */
export const noEvaluation: StudyEvaluation = {
  ...{ models: [], family: null, notices: [] },
  primary: { value: null, missing: "Nothing was tested." },
};

/** The study of the phantoms by the profile "smoke", with its results in a folder of one's own, which is empty. */
export async function smokeStudy(folder: string): Promise<Study> {
  opened ??= openOnce();
  return { ...(await opened), path: (...parts) => join(folder, ...parts) };
}

async function openOnce(): Promise<Study> {
  const root = mkdtempSync(join(tmpdir(), "sononas test "));
  try {
    return await openStudy({ profile: "smoke", dataset: "phantom" }, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** A folder with a filled study in it, made once for all tests of a file, in memory where there is such a place. */
export function filledStudy(): { study: Study } {
  const made = {} as { study: Study };
  let folder = "";
  before(async () => {
    folder = mkdtempSync(join(fastPlace, "sononas test "));
    made.study = await smokeStudy(folder);
    fillStudy(made.study);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return made;
}

/** Everything that a section says, as lines of text; tables as JSON. */
export function textsOf({ blocks }: Pick<ReportSection, "blocks">): string {
  return blocks.map(textOf).join("\n");
}

function textOf(block: ReportBlock): string {
  switch (block.kind) {
    case "text":
      return `${block.tone ?? "plain"}: ${block.text}`;
    case "list":
      return block.points.join("\n");
    case "facts":
      return block.facts.map(({ name, value }) => `${name}: ${String(value)}`).join("\n");
    case "table":
      return `${block.caption} ${JSON.stringify(block.rows)} ${block.note ?? ""}`;
    case "figure":
      return `figure: ${block.alternative}`;
    case "drawing":
      return `drawing: ${block.drawing.title}: ${block.caption}`;
    case "pictures":
      return `pictures: ${block.caption}: ${block.pictures.map(({ caption }) => caption).join("; ")}`;
    case "items":
      return block.items.map(({ item, said }) => `${item}: ${String(said)}`).join("\n");
  }
}

/** Finds a table by the beginning of its caption. */
export function tableNamed({ blocks }: Pick<ReportSection, "blocks">, caption: string) {
  for (const block of blocks) if (block.kind === "table" && block.caption.startsWith(caption)) return block;
  throw new Error(`There is no table ${caption}.`);
}

/** Fills a study's folder with made-up searches, winners, controls and predictions, as the notebooks 03 to 07 leave them. */
export function fillStudy(study: Study): void {
  fillSearches(study);
  fillValidation(study);
  fillComparison(study);
}

/** Writes searches, derivations, controls and the winner. */
export function fillSearches(study: Study): void {
  const [seed] = study.settings.search.seeds;
  writeSearch(study, searchFolder(study, seed!));
  writeSearch(study, searchFolder(study, seed!, "uniform"));
  const candidates = writeCandidates(study.path("derive", `seed-${seed!}`), "derivation", 4, 0.82);
  writeCandidates(study.path("derive", `uniform-seed-${seed!}`), "derivation", 4, 0.79);
  const control = writeCandidates(study.path("control", `seed-${seed!}`), "random control", 8, 0.78);
  keepWinner(study, [{ seed: seed!, candidates, winner: candidates[0]! }], [{ seed: seed!, drawn: control }]);
}

/** Writes the two cross-validations; needs a winner. */
export function fillValidation(study: Study): void {
  const winner = JSON.parse(readFileSync(study.path("winner.json"), "utf8")) as Parameters<typeof foundPlan>[1];
  writePlan(study, "found", foundPlan(study, winner));
  writePlan(study, "hand-crafted", handCraftedPlan(study));
}

/** Compares the models as 07_compare does, without measuring times. */
function fillComparison(study: Study): void {
  const models = ["found", "hand-crafted"].flatMap((name) => readValidation(study.path("validation", name)).models);
  const family = compareAll(
    models.map(({ predictions }) => predictions),
    { reference: "ENAS", replicates: 200 },
  );
  const rows = comparisonRows(
    models.map(({ model, predictions }, index) => ({
      evaluation: evaluatePredictions(predictions, { replicates: 200 }),
      kind: model.kind,
      input: { height: 32, width: 32, channels: 1 },
      cost: {
        ...{ parameters: 9_000 + 20_000 * index, multiplyAdds: 1e6 * (index + 1), fileBytes: 40_000 },
        latency: [{ batch: 1, medianMs: 3 + index, lowMs: 2.5 + index, highMs: 4 + index, repeats: 30 }],
      } as unknown as NonNullable<Parameters<typeof comparisonRows>[0][number]["cost"]>,
      trainSeconds: 12.5,
    })),
  );
  const claims = judgeClaim(rows, family);
  keepComparison(study, { models, rows, family, claims, figures: [], tables: [] });
}

function writeSearch({ settings }: Study, folder: string): void {
  const options = checkSearch(settings.search.options);
  const random = chance(folder.split(/[\\/]/).at(-1)!);
  const run = openRun(folder, { kind: "search", configuration: options as unknown as Json, inputs: {} });
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    const architectures = Array.from({ length: 6 }, () => sampleArchitecture(options.space, random));
    const rewards = architectures.map(() => 0.6 + 0.05 * epoch + random.uniform(-0.05, 0.05));
    architectures.forEach((architecture, index) => {
      const scored: ScoredRecord = {
        ...{ event: "scored", epoch, architecture: encode(options.space, architecture) },
        ...{ measured: rewards[index]!, reward: rewards[index]!, images: 16, how: `shared weights, draw ${index}` },
        ...{ parameters: 4000 + 1000 * index, multiplyAdds: 1e6 * (1 + index) },
      };
      run.record(scored as unknown as Record<string, Json>);
    });
    const record: SearchEpoch = {
      ...{ event: "epoch", epoch, rate: 0.05, trainingLoss: 0.7 - 0.03 * epoch, trainingAccuracy: 0.6 },
      ...{ gradientNorm: 1, meanReward: 0.6 + 0.05 * epoch, bestReward: Math.max(...rewards), baseline: 0.6 },
      ...{ entropy: 12 - epoch, choices: countChoices(options.space, architectures) },
    };
    run.record(record as unknown as Record<string, Json>);
  }
  run.finish({ epochs: options.epochs });
  run.close();
}

function writeCandidates(folder: string, kind: string, count: number, level: number): Candidate[] {
  const random = chance(folder.split(/[\\/]/).slice(-2).join("/"));
  const candidates = Array.from({ length: count }, (_, index): Candidate => {
    const architecture = sampleArchitecture(microSpace(3), random.split(index));
    const score = level - 0.01 * index + random.uniform(-0.005, 0.005);
    return {
      ...{ hash: hashArchitecture(architecture), architecture, parameters: 5000 + index, multiplyAdds: 1e6 },
      ...{ drawn: 0.7, onAll: 0.7 + random.uniform(-0.05, 0.05) },
      standAlone: { loss: 0.5, accuracy: 0.75, areaUnderCurve: score, score },
    };
  });
  const run = openRun(folder, { kind, configuration: { count }, inputs: {} });
  run.writeFile("candidates.json", JSON.stringify(candidates));
  run.finish({ count });
  run.close();
  return candidates;
}

/** Writes the networks of the parts of a study's training parts; needs a winner. */
export function fillTrainingParts(study: Study, parts: number): void {
  const winner = JSON.parse(readFileSync(study.path("winner.json"), "utf8")) as Parameters<typeof foundPlan>[1];
  writePlan(study, "found", planTrainingParts(study, foundPlan(study, winner), parts), "parts");
  writePlan(study, "hand-crafted", planTrainingParts(study, handCraftedPlan(study), parts), "parts");
}

function writePlan(study: Study, name: string, given: GivenPlan, place = "validation"): void {
  const folder = study.path(place, name);
  const plan = { ...checkPlan(given), threads: 1 };
  const { folds } = plan.split as Split;
  const units = listUnits(plan, plan.split as Split);
  writeAtomically(join(folder, "plan.json"), JSON.stringify(plan));
  writeAtomically(join(folder, "units.jsonl"), writeUnits(units));
  const records = new Map(study.records.map((record) => [record.id, record]));
  for (const unit of units) {
    const fold = folds.find((one) => one.name === unit.fold)!;
    const random = chance(`${unit.model} ${unit.fold} ${unit.seed}`);
    const skill = unit.model === "ENAS" ? 2.2 : unit.model === "CNN3" ? 1.2 : 1.8;
    const rows = (["validation", "test"] as const).flatMap((part) =>
      fold[part].map((id): Prediction => {
        const { label, patient } = records.get(id)!;
        const logit = skill * (label === "malignant" ? 1 : -1) + 2 * random.normal(0, 1);
        return {
          ...{ id, patient: patient ?? null, label: label === "malignant" ? 1 : 0, logit },
          ...{ probability: 1 / (1 + Math.exp(-logit)), fold: unit.fold, seed: unit.seed, part },
        };
      }),
    );
    const place = join(folder, unit.folder);
    const run = openRun(place, { kind: "validation unit", configuration: { model: unit.model }, inputs: {} });
    writePredictions(join(run.folder, "predictions.csv"), { model: unit.model, rows });
    run.writeFile("predictions.csv", readFileSync(join(run.folder, "predictions.csv")));
    const cost = { trainingSeconds: 4, epochs: 4, parameters: 9000, multiplyAdds: 1e6 };
    writeCost(place, { ...cost, peakMegabytes: 300, threads: 1, device: "CPU" });
    run.finish({ validationAccuracy: null, validationArea: null, epochs: 4, keptEpoch: 4 });
    run.close();
  }
}
