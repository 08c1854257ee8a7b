import { existsSync } from "node:fs";

import { formatValue } from "../compare/format-difference";
import { sayDifference } from "../external/external-tables";
import type { ExternalResult } from "../external/judge-external";
import type { Estimate } from "../evaluate/estimate";
import { restateRelease } from "../release/restate-release";
import { placeOf, type StudyPlace } from "./layout";

/** What is told of a test: the other set, and what came of each model, the found one first. */
interface ToldTest {
  readonly title: string;
  readonly results: readonly ExternalResult[];
}

/**
 * Writes on the card of a study's release what its network is worth on other sets, as the tests that the study's folder keeps say.
 * Where nothing is released yet, nothing is done.
 *
 * @throws {Problem} Where the release is damaged or cannot be written.
 */
export function stateExternal(study: StudyPlace, tests: readonly ToldTest[]): void {
  const folder = placeOf(study, "release");
  if (!existsSync(folder) || tests.length === 0) return;
  restateRelease(folder, { externalResult: tests.map(sayTest).join(" ") });
}

function sayTest({ title, results }: ToldTest): string {
  // The found network stands first: it is what is released.
  const [found] = results;
  if (found === undefined) return `On ${title} no network could be tested.`;
  const { each, own, networks } = found;
  const say = ({ value, low, high }: Estimate) => formatValue(value, low, high);
  const whose = networks === 1 ? "this network" : `the mean of the study's ${networks} networks, of which this is one,`;
  return [
    `On ${each.images} images of ${title}, ${each.malignant} of them malignant, ${whose} has an area under the curve of`,
    `${say(each.measures.areaUnderCurve)}, a sensitivity of ${say(each.measures.sensitivity)} and a specificity of`,
    `${say(each.measures.specificity)}; on its own ${own.images} tested images the area is`,
    `${say(own.measures.areaUnderCurve)}, a difference of ${sayDifference(found, "areaUnderCurve")}. Thresholds and`,
    "temperatures came along.",
  ].join(" ");
}
