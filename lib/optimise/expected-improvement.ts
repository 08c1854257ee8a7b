import { lowerNormal } from "../statistics/normal-probability";
import type { Prediction } from "./gaussian-process";

/**
 * Computes by how much a place is expected to be better than the best so far, which is as much as nothing where it is worse (Jones, Schonlau
 * and Welch, "Efficient global optimization of expensive black-box functions", 1998).
 *
 * @param best The best so far; more is better.
 * @returns From 0.
 */
export function expectedImprovement({ mean, variance }: Prediction, best: number): number {
  const deviation = Math.sqrt(variance);
  const ahead = mean - best;
  if (deviation === 0) return Math.max(0, ahead);
  const z = ahead / deviation;
  const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
  return Math.max(0, ahead * lowerNormal(z) + deviation * density);
}
