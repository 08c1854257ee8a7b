import type { TableCell } from "../../display/table";
import { canonicalJson } from "../../files/canonical-json";
import { costOf } from "../../graph/cost";
import type { ReportBlock, ReportSection } from "../../report/report-contents";
import { buildSpecified, sizeOf } from "../../train/specification";
import { checkTraining } from "../../train/training-options";
import type { StudyModel } from "../../validate/plan";
import type { Validation } from "../../validate/read-validation";
import type { Study } from "../open-study";
import { paragraph, sectionOf, tableOf } from "./blocks";
import { attempt } from "../attempt";
import { describeCombination } from "./combination-blocks";
import type { StudyMaterial } from "./material";
import { describeTuning } from "./tuning-blocks";

/** Writes which networks were trained, how, and at what cost; and whether all were treated alike. */
export function describeTraining(
  study: Pick<Study, "settings" | "prepared" | "path" | "name">,
  { found, handCrafted }: StudyMaterial,
): ReportSection {
  const plans = [found, handCrafted].flatMap(({ value }) => (value === null ? [] : [value]));
  const size = sizeOf(study.prepared);
  const rows = plans.flatMap(({ plan, costs }) => plan.models.map((model) => describeModel(model, costs, size)));
  return sectionOf("training", "Networks and training", [
    ...[found, handCrafted, ...plans].map(({ missing }) => missing !== null && paragraph(missing, "missing")),
    rows.length > 0 &&
      tableOf(
        "The networks",
        rows,
        "Times and memory are of this study's machine; a unit is one network, one fold and one seed.",
      ),
    tellEqual(plans, study.settings.tuning != null),
    describeTuning(study),
    describeCombination(study),
    tableOf("How every network is trained from scratch", recipeOf(study)),
    ...tellInner(study),
  ]);
}

function describeModel(
  model: StudyModel,
  costs: Validation["costs"],
  size: Parameters<typeof buildSpecified>[1],
): Record<string, TableCell> {
  const own = costs.filter(({ unit }) => unit.model === model.name);
  const counted = attempt(() => costOf(buildSpecified(model.network, size))).value;
  const seconds = own.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0);
  return {
    model: model.name,
    kind: model.kind,
    // Of a layers model, its trainings have counted them.
    parameters: counted?.trainable ?? own[0]?.parameters ?? null,
    "multiply-adds of one image": counted?.multiplyAdds ?? own[0]?.multiplyAdds ?? null,
    "units done": own.length,
    "training, s a unit": own.length === 0 ? null : Number((seconds / own.length).toPrecision(3)),
    "most memory, MiB": own.length === 0 ? null : Math.round(Math.max(...own.map((cost) => cost.peakMegabytes))),
  };
}

// Where thresholds come from, where nothing is held back.
function tellInner({ settings }: Pick<Study, "settings">): ReportBlock[] {
  const { innerFolds = null, learnFromValidation } = settings;
  if (!learnFromValidation) return [];
  return [
    paragraph(
      innerFolds === null
        ? "Thresholds of operating points come from the networks of the other folds, which have learned from what is tested; inner folds (setting innerFolds) would choose them on images that neither the network nor the test has a part in."
        : `Thresholds and temperatures are chosen on ${innerFolds} inner folds of every training part, divided by whole patients: each network was trained once more without each of them, and predicted it. None of these networks has seen what its fold tests.`,
      "small",
    ),
  ];
}

function tellEqual(plans: readonly Validation[], tuned: boolean): ReportBlock[] {
  const differing = (["preparation", "split", "folds", "seeds", "training", "records"] as const).filter(
    (key) => new Set(plans.map(({ plan }) => canonicalJson(plan[key]))).size > 1,
  );
  const apart = plans
    .flatMap(({ plan }) => plan.models)
    .filter(({ training }) => Object.keys(training ?? {}).length > 0)
    .map(({ name, training }) => `${name} is trained with options of its own: ${canonicalJson(training)}.`);
  if (plans.length < 2) return apart.map((sentence) => paragraph(sentence, "caution"));
  return [
    differing.length === 0
      ? paragraph(
          tuned
            ? "Equal treatment: found, random and hand-crafted networks had the same images, folds, epochs and seeds, and the same recipes to choose from."
            : "Equal treatment: found, random and hand-crafted networks had the same images, folds, augmentation, optimiser, schedule, epochs and seeds. The hand-crafted ones were not tuned.",
        )
      : paragraph(
          `Not treated alike: found and hand-crafted networks differ in ${differing.join(", ")}. They cannot be compared.`,
          "caution",
        ),
    ...apart.map((sentence) => paragraph(sentence, "caution")),
  ];
}

function recipeOf({ settings }: Pick<Study, "settings">): Record<string, TableCell>[] {
  const { seed: _, ...options } = checkTraining(settings.training, 1);
  return [
    ...Object.entries(options).map(([option, value]) => ({ option, value: say(value) })),
    { option: "learned from", value: settings.learnFromValidation ? "training and validation part" : "training part" },
    { option: "seeds", value: settings.seeds.join(", ") },
    { option: "folds", value: settings.folds === null ? "all" : settings.folds.join(", ") },
  ];
}

function say(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.map(say).join(" to ");
  if (typeof value !== "object") return typeof value === "string" ? value : JSON.stringify(value);
  return Object.entries(value)
    .map(([key, one]: [string, unknown]) =>
      typeof one === "object" && one !== null && !Array.isArray(one) ? `${key} (${say(one)})` : `${key} ${say(one)}`,
    )
    .join(", ");
}
