import { Problem } from "../runtime/problem";
import { lowerNormal } from "./normal-probability";

/** Nodes and weights of Gauss and Legendre's rule of ten points, those from 0 to 1 of a range from -1 to 1. */
const nodes = [
  [0.14887433898163122, 0.29552422471475287],
  [0.4333953941292472, 0.26926671930999635],
  [0.6794095682990244, 0.21908636251598204],
  [0.8650633666889845, 0.14945134915058059],
  [0.9739065285171717, 0.06667134430868814],
] as const;

/** Pieces of the range: with so many, what is left out is below 1e-12 up to a correlation of .99. */
const pieces = 8;

/**
 * Computes the probability that both of two standard normal draws that correlate stay below a bound each, by the integral over the
 * correlation's angle (Drezner and Wesolowsky, "On the computation of the bivariate normal integral", Journal of Statistical
 * Computation and Simulation 35:101-107, 1990).
 *
 * @param first The bound of the first, finite.
 * @param second The bound of the second, finite.
 * @param correlation Above -1 and below 1.
 * @returns The probability, 0 to 1.
 * @throws {Problem} Where a number is not such.
 */
export function bothBelow(first: number, second: number, correlation: number): number {
  if (!(Math.abs(correlation) < 1) || !Number.isFinite(first) || !Number.isFinite(second)) {
    throw new Problem(
      `A bivariate normal probability was asked for at ${first} and ${second} with the correlation ${correlation}, expected finite numbers and a correlation between -1 and 1.`,
      "Give a correlation of 0.9, for example.",
    );
  }
  const angle = Math.asin(correlation);
  const density = (at: number) => {
    const [sine, cosine] = [Math.sin(at), Math.cos(at)];
    return Math.exp(-(first ** 2 + second ** 2 - 2 * first * second * sine) / (2 * cosine ** 2));
  };
  const half = angle / pieces / 2;
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const middle = (2 * piece + 1) * half;
    for (const [node, weight] of nodes) sum += weight * (density(middle - node * half) + density(middle + node * half));
  }
  return lowerNormal(first) * lowerNormal(second) + (sum * half) / (2 * Math.PI);
}
