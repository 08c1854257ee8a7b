/**
 * The colour map viridis (Smith and van der Walt, 2015; public domain): brightness rises evenly, also in print and for those
 * who cannot tell red from green.
 *
 * @module
 */

/** The colours at 0, 16, 32 and so on to 240 of 255, and at 255, as "rrggbb"; between them, colours are mixed. */
const stops = (
  "440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 " +
  "fde725"
)
  .split(" ")
  .map((stop) => [0, 2, 4].map((place) => parseInt(stop.slice(place, place + 2), 16)));

/**
 * Gives the colour of a value.
 *
 * @param value The value, 0 to 1; what lies beyond counts as the nearest of the two.
 * @returns Red, green and blue, 0 to 255, not rounded.
 */
export function viridis(value: number): readonly [red: number, green: number, blue: number] {
  const place = Math.min(1, Math.max(0, value)) * 255;
  const first = Math.min(stops.length - 2, Math.floor(place / 16));
  const part = (place - first * 16) / (first === stops.length - 2 ? 15 : 16);
  const mix = (channel: number) => stops[first]![channel]! * (1 - part) + stops[first + 1]![channel]! * part;
  return [mix(0), mix(1), mix(2)];
}
