/** The letters H, E, L and O as 5 × 7 dots, row by row. */
const letters = [
  [17, 17, 17, 31, 17, 17, 17],
  [31, 16, 16, 30, 16, 16, 31],
  [16, 16, 16, 16, 16, 16, 31],
  [14, 17, 17, 17, 17, 17, 14],
];

/** Draws "HELO" in white, 5 × 7 dots a letter, as scanners write. */
export function drawText(pixels: Uint8Array, width: number, left: number, top: number): void {
  letters.forEach((rows, letter) => {
    rows.forEach((bits, row) => {
      for (let column = 0; column < 5; column++)
        if ((bits >> (4 - column)) & 1) pixels[(top + row) * width + left + letter * 7 + column] = 255;
    });
  });
}
