import type { Layout } from "plotly.js";

/**
 * Makes the axis of epochs: whole ones alone are written, also where there are few, and a single one stands in the middle.
 *
 * @param epochs The epochs, in order.
 */
export function epochAxis(epochs: readonly { readonly epoch: number }[]): Partial<Layout["xaxis"]> {
  if (epochs.length === 0) return {};
  const [first, last] = [epochs[0]!.epoch, epochs.at(-1)!.epoch];
  const range = [first - 0.5, last + 0.5];
  return { range, ...epochTicks(last - first) };
}

/**
 * Finds the ticks of an axis or a colour bar of epochs.
 *
 * @param span How many epochs lie between the first and the last.
 */
export function epochTicks(span: number): { readonly dtick: number; readonly tick0: number } {
  if (span <= 8) return { dtick: 1, tick0: 0 };
  // The least of 2, 5, 10, 20, 50, … with at most six steps.
  const power = 10 ** Math.floor(Math.log10(span / 6));
  return {
    dtick: [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= 2 && step * 6 >= span)!,
    tick0: 0,
  };
}
