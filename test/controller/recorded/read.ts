import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { ControllerParameters } from "../../../lib/controller/parameters";
import { createParameters, listParameters } from "../../../lib/controller/parameters";
import { controllerPreset } from "../../../lib/controller/presets";
import type { ControllerSettings } from "../../../lib/controller/settings";
import { createRandom } from "../../../lib/runtime/random";
import type { Json } from "../../../lib/runs/state";
import type { Space } from "../../../lib/space/kinds";
import { upgradeStored } from "../../../lib/space/upgrade";

/** What PyTorch computed of a controller; record.py beside it says how. */
export interface RecordedCase {
  readonly name: string;
  readonly space: Space;
  readonly decisions: readonly number[];
  readonly settings: ControllerSettings;
  /** The controller, with the recorded parameters. */
  readonly controller: ControllerParameters;
  readonly logProbability: number;
  readonly entropy: number;
  readonly skipPenalty: number;
  readonly upstream: { readonly logProbability: number; readonly skipPenalty: number };
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

interface Raw extends Omit<RecordedCase, "settings" | "controller"> {
  readonly settings: Partial<ControllerSettings>;
  readonly parameters: Readonly<Record<string, readonly number[]>>;
}

/**
 * Reads the recorded cases of a kind of space; each call makes controllers of their own.
 *
 * @param kind The kind.
 * @returns The cases.
 */
export function readRecorded(kind: Space["kind"]): RecordedCase[] {
  // Recorded before spaces had a version.
  const stored = JSON.parse(readFileSync(join(__dirname, "values.json"), "utf8")) as Json;
  return (upgradeStored(stored) as unknown as Raw[])
    .filter((one) => one.space.kind === kind)
    .map(({ parameters, settings: given, ...one }) => {
      const settings = {
        ...controllerPreset("paper", one.space).settings,
        ...given,
        operationBias: parameters.operationBias ?? null,
      };
      const controller = createParameters(one.space, settings, createRandom(1));
      for (const [name, { values }] of listParameters(controller)) values.set(parameters[name]!);
      return { ...one, settings, controller };
    });
}
