import { usableRecords } from "../data/prepare/usable-records";
import { loadDataSet } from "../data/sets/load";
import { splitSet, type SplitSetOptions } from "../data/sets/split-set";
import { preparationOf } from "../study/choose-images";
import { settingsOf } from "../study/settings-of";
import type { VariantsRequest } from "../variants/plan-variant";
import { runVariants, type RunVariantsOptions, type VariantsOutcome } from "../variants/run-variants";
import { chooseRemedies } from "./remedies";

/** What is compared, beside the remedies. */
export interface RemediesRequest extends VariantsRequest {
  /** How the set is divided: `{ leaveOut: "device" }`; see `splitSet`. */
  readonly split: SplitSetOptions;
  /** What happens to images that two of several sets have; see `loadDataSet`. */
  readonly onShared: "stop" | "leave-out";
}

/** What came of the remedies, as far as they are done. */
export interface RemediesOutcome extends VariantsOutcome {
  /** What is to be known of them, as sentences. */
  readonly notices: readonly string[];
}

/** How remedies are run. */
export interface RunRemediesOptions extends RunVariantsOptions {
  /** The remedies, by their names; null: all. */
  readonly remedies: readonly string[] | null;
}

/**
 * Trains networks plain, with each remedy alone, and with all together, everything else equal: on the same images of the same folds. What is
 * done is not done again, and what was begun goes on.
 *
 * @param folder Where all of it is kept: one folder with a cross-validation for each remedy.
 * @throws {Problem} Where the set is not there, or cannot be divided so.
 * @throws {Interrupted} Where it was asked to stop; the same call goes on.
 */
export async function runRemedies(
  folder: string,
  request: RemediesRequest,
  { remedies, ...options }: RunRemediesOptions,
): Promise<RemediesOutcome> {
  const settings = settingsOf(request);
  const loaded = await loadDataSet(request.dataset, {
    root: request.root,
    onContradiction: settings.onContradiction,
    onShared: request.onShared,
  });
  const labelled = loaded.records.filter(({ label }) => label !== "normal");
  const preparation = preparationOf(settings, labelled);
  const usable = usableRecords(loaded, { normal: "leave-out", withoutLesion: "leave-out", preparation });
  const split = splitSet({ ...loaded, ...usable }, request.split);
  const { variants, notices } = chooseRemedies(preparation, usable.records);
  const chosen = variants
    .filter(({ name }) => remedies === null || remedies.includes(name))
    .map((variant) => ({
      ...variant,
      records: {
        withoutLesion: "leave-out" as const,
        ...(request.onShared === "leave-out" && { onShared: request.onShared }),
      },
    }));
  const found = request.models.filter(({ kind }) => kind === "found").map(({ name }) => name);
  return {
    ...(await runVariants(folder, chosen, request, split, options)),
    notices: [
      ...notices,
      ...(found.length === 0
        ? []
        : [
            `${found.join(", ")}: the search saw images of the training part of one fold of its own study, of any device; trained are its networks without what a fold tests.`,
          ]),
    ],
  };
}
