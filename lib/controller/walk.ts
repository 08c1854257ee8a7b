import type { Architecture, Space } from "../space/kinds";
import type { Sampler } from "./decide";
import type { Episode } from "./episode";
import type { ControllerParameters } from "./parameters";
import { inControllerOrder, replay } from "./sampler";
import type { ControllerSettings } from "./settings";
import { walkDecisions } from "./walk-decisions";
import { walkMacro } from "./walk-macro";
import { walkMicro } from "./walk-micro";

/**
 * Lets the controller decide on an architecture of its space.
 *
 * @param parameters What it has learned.
 * @param settings How it draws.
 * @param sampler Makes the decisions, {@link sampleBy} for example.
 */
export function walk(
  space: Space,
  parameters: ControllerParameters,
  settings: ControllerSettings,
  sampler: Sampler,
): Episode {
  switch (space.kind) {
    case "micro":
      return walkMicro(space, parameters, settings, sampler);
    case "macro":
      return walkMacro(space, parameters, settings, sampler);
    case "shape":
      return walkDecisions(space, parameters, settings, sampler);
  }
}

/**
 * Lets the controller make the decisions of an architecture: tells how likely it is to propose it.
 *
 * @param parameters What it has learned.
 * @param settings How it draws.
 * @param architecture An architecture of the space.
 * @returns The episode, of that architecture.
 * @throws {Problem} Where the architecture is not of the space.
 */
export function retrace(
  space: Space,
  parameters: ControllerParameters,
  settings: ControllerSettings,
  architecture: Architecture,
): Episode {
  return walk(space, parameters, settings, replay(inControllerOrder(space, architecture)));
}
