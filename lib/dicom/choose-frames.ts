/**
 * Chooses frames of a cine loop: its middle one, or several at equal distances, each in the middle of its share of the
 * loop. Neighbouring frames show the same; all frames of a loop are of one patient.
 *
 * @param frames How many the loop has, from 1.
 * @param wanted How many are taken, from 1; of a shorter loop, all.
 * @returns Places of frames, from 0, rising.
 */
export function chooseFrames(frames: number, wanted: number): number[] {
  const taken = Math.min(frames, wanted);
  return Array.from({ length: taken }, (_, index) => Math.floor(((index + 0.5) * frames) / taken));
}
