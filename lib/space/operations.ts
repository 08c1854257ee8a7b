/**
 * The operations of the two search spaces (Pham, Guan, Zoph, Le and Dean, "Efficient neural architecture search via
 * parameter sharing", ICML 2018). Their order is their code: an architecture that is written as numbers holds places in
 * these lists.
 *
 * @module
 */

/** The operations of the micro space, which searches for cells. */
export const microOperations = [
  "separable 3×3",
  "separable 5×5",
  "average pool 3×3",
  "max pool 3×3",
  "identity",
] as const;

/** An operation of the micro space. */
export type MicroOperation = (typeof microOperations)[number];

/** The operations of the macro space, which searches for whole networks. */
export const macroOperations = [
  "convolution 3×3",
  "separable 3×3",
  "convolution 5×5",
  "separable 5×5",
  "average pool 3×3",
  "max pool 3×3",
] as const;

/** An operation of the macro space. */
export type MacroOperation = (typeof macroOperations)[number];
