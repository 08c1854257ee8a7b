import type { RandomGenerator } from "../../runtime/random";

/** An ultrasound machine as far as it shapes an image. Lengths are shares of the image's side. */
export interface Device {
  readonly name: string;
  /** The middle of its frequencies, in MHz. */
  readonly frequency: number;
  /** Standard deviation of the point-spread function along the beam. */
  readonly axial: number;
  /** Standard deviation of the point-spread function across the beam, at the focus. */
  readonly lateral: number;
  readonly focus: number;
  /** How far from the focus the beam is √2 times as wide. */
  readonly depthOfFocus: number;
  /**
   * How many looks from different directions are averaged ("spatial compounding"), from 1. Their speckle is independent,
   * so that it lessens with the square root of their number (Burckhardt 1978).
   */
  readonly looks: number;
  /** The echoes that are shown from black to white, in decibels. */
  readonly dynamicRange: number;
  /** The mean echo of glandular tissue, in decibels below white, without sign. */
  readonly tissueLevel: number;
  /** The electronic noise at the surface, in decibels below white, without sign. Time-gain compensation lifts it with depth. */
  readonly noise: number;
}

/** Three invented devices: fine and soft, in between, and coarse and hard. No real ones are meant. */
export const phantomDevices: readonly [Device, Device, Device] = [
  {
    name: "Phantom A",
    frequency: 12,
    axial: 0.0055,
    lateral: 0.009,
    focus: 0.45,
    depthOfFocus: 0.5,
    looks: 4,
    dynamicRange: 56,
    tissueLevel: 21,
    noise: 97,
  },
  {
    name: "Phantom B",
    frequency: 10,
    axial: 0.007,
    lateral: 0.0125,
    focus: 0.4,
    depthOfFocus: 0.4,
    looks: 3,
    dynamicRange: 52,
    tissueLevel: 20,
    noise: 90,
  },
  {
    name: "Phantom C",
    frequency: 7.5,
    axial: 0.009,
    lateral: 0.015,
    focus: 0.35,
    depthOfFocus: 0.35,
    looks: 2,
    dynamicRange: 50,
    tissueLevel: 18,
    noise: 76,
  },
];

/**
 * Draws the device on which a patient was scanned.
 *
 * @param bias From 0, where every device is as likely in both classes, to 1, where malignant lesions come from the first
 *   device only and benign ones never.
 */
export function drawDevice(isMalignant: boolean, bias: number, random: RandomGenerator): Device {
  const first = isMalignant ? 1 / 3 + (2 / 3) * bias : (1 / 3) * (1 - bias);
  const [device, ...others] = phantomDevices;
  return random.uniform() < first ? device : random.choice(others);
}
