import { imageDepth } from "./b-mode";
import { halfAxes, outlineAt, type Lesion } from "./lesion";

/** Letters of three columns and five rows; each row is a number of three bits. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  "0": [7, 5, 5, 5, 7],
  "1": [2, 6, 2, 2, 7],
  "2": [7, 1, 7, 4, 7],
  "3": [7, 1, 7, 1, 7],
  "4": [5, 5, 7, 1, 1],
  "5": [7, 4, 7, 1, 7],
  "6": [7, 4, 7, 5, 7],
  "7": [7, 1, 1, 2, 2],
  "8": [7, 5, 7, 5, 7],
  "9": [7, 5, 7, 1, 7],
  D: [6, 5, 5, 5, 6],
  M: [5, 7, 7, 5, 5],
  " ": [0, 0, 0, 0, 0],
};

/**
 * Burns marks into an image, as sonographers leave them in real ones: crosses at the ends of the lesion's axes, dotted
 * lines between them, and the larger diameter in millimetres in the lower left corner.
 *
 * @param pixels Gray levels, `[size, size]` row by row; they are changed.
 * @param size Rows and columns.
 */
export function burnMarks(pixels: Float32Array, size: number, lesion: Lesion): void {
  const set = (x: number, y: number, level: number) => {
    if (x >= 0 && x < size && y >= 0 && y < size) pixels[y * size + x] = level;
  };
  const [halfWidth, halfHeight] = halfAxes(lesion.features);
  const pixelAt = (angle: number): [number, number] => {
    const outline = outlineAt(lesion, angle);
    const x = lesion.center[0] + halfWidth * outline * Math.cos(angle);
    const y = lesion.center[1] + halfHeight * outline * Math.sin(angle);
    return [Math.floor(x * size), Math.floor(y * size)];
  };
  const arm = Math.max(1, Math.round(size / 64));
  const lengths = [0, Math.PI / 2].map((angle) => {
    const [from, to] = [pixelAt(angle), pixelAt(angle - Math.PI)];
    drawDots(from, to, Math.max(3, Math.round(size / 32)), (x, y) => {
      set(x, y, 0.85);
    });
    for (const [x, y] of [from, to]) {
      for (let away = -arm; away <= arm; away++) {
        set(x + away, y, 1);
        set(x, y + away, 1);
      }
    }
    return (Math.hypot(to[0] - from[0], to[1] - from[1]) / size) * imageDepth * 10;
  });
  writeText(`D ${Math.round(Math.max(...lengths))}MM`, size, set);
}

function drawDots(
  from: readonly [number, number],
  to: readonly [number, number],
  gap: number,
  set: (x: number, y: number) => void,
): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  for (let way = gap; way < length; way += gap) {
    const share = way / length;
    set(Math.round(from[0] + share * (to[0] - from[0])), Math.round(from[1] + share * (to[1] - from[1])));
  }
}

function writeText(text: string, size: number, set: (x: number, y: number, level: number) => void): void {
  const scale = Math.max(1, Math.round(size / 128));
  const [left, top] = [2 * scale, size - 7 * scale];
  Array.from(text).forEach((letter, place) => {
    glyphs[letter]!.forEach((bits, row) => {
      for (let column = 0; column < 3; column++) {
        if ((bits & (4 >> column)) === 0) continue;
        for (let dot = 0; dot < scale * scale; dot++) {
          const x = left + (place * 4 + column) * scale + (dot % scale);
          set(x, top + row * scale + Math.floor(dot / scale), 0.95);
        }
      }
    });
  });
}
