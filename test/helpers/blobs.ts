import type { Mask } from "../../lib/pictures/picture";

/** Centre, half axes, and how wavy it is. */
type Blob = readonly [x: number, y: number, across: number, down: number, wave: number];

/** An ellipse with waves: the same formula as that of which SciPy's numbers were recorded. */
export function blob(width: number, height: number, [x, y, across, down, wave]: Blob): Mask {
  const pixels = Uint8Array.from({ length: width * height }, (_, place) => {
    const [row, column] = [Math.floor(place / width), place % width];
    const waves = wave * Math.sin(column / 3) * Math.cos(row / 2);
    return ((column - x) / across) ** 2 + ((row - y) / down) ** 2 + waves < 1 ? 1 : 0;
  });
  return { width, height, pixels };
}

/** Pairs of masks with what SciPy 1.17.1 and NumPy say of them. */
export interface RecordedPair {
  readonly found: Mask;
  readonly expert: Mask;
  readonly dice: number;
  readonly intersectionOverUnion: number;
  /** The larger of both 95th percentiles of `distance_transform_edt` on the edges, which are masks less `binary_erosion`. */
  readonly hausdorff95: number;
  readonly boxes: number;
  /** Sum and largest of `distance_transform_edt` of what is not the expert's. */
  readonly distances: readonly [sum: number, most: number];
  /** The areas of `label` with corners of where they differ, ascending. */
  readonly parts: readonly number[];
  /** Pixels of `binary_fill_holes` of the edge of what was found. */
  readonly filled: number;
}

const pair = (size: readonly [number, number], found: Blob, expert: Blob) => ({
  found: blob(...size, found),
  expert: blob(...size, expert),
});

/** What SciPy says of some pairs: near, apart, one within the other, equal, at the border. */
export const recordedPairs: readonly RecordedPair[] = [
  {
    ...pair([40, 30], [18, 14, 9, 6, 0.2], [20, 15, 8, 7, 0.3]),
    ...{ dice: 0.8214285714285714, intersectionOverUnion: 0.696969696969697, hausdorff95: 2.23606797749979 },
    ...{ boxes: 0.7258064516129032, distances: [7873.556504678527, 18.35755975068582], parts: [6, 54], filled: 162 },
  },
  {
    ...pair([40, 30], [10, 10, 6, 6, 0], [28, 20, 7, 5, 0.4]),
    ...{ dice: 0, intersectionOverUnion: 0, hausdorff95: 21.05228686886878 },
    ...{ boxes: 0, distances: [12066.356456453977, 27.65863337187866], parts: [108, 109], filled: 109 },
  },
  {
    ...pair([37, 41], [18, 20, 17, 19, 0.1], [5, 6, 4, 3, 0.2]),
    ...{ dice: 0.02830188679245283, intersectionOverUnion: 0.014354066985645933, hausdorff95: 32.6932699478479 },
    ...{ boxes: 0.03956043956043956, distances: [29277.658818826145, 42.5205832509386], parts: [1030], filled: 1022 },
  },
  {
    ...pair([25, 25], [12, 12, 8, 8, 0], [12, 12, 8, 8, 0]),
    ...{ dice: 1, intersectionOverUnion: 1, hausdorff95: 0 },
    ...{ boxes: 1, distances: [1722.1212794472574, 9.219544457292887], parts: [], filled: 193 },
  },
  {
    ...pair([64, 48], [0, 0, 20, 15, 0.3], [6, 4, 20, 15, 0.3]),
    ...{ dice: 0.7008797653958945, intersectionOverUnion: 0.5395033860045146, hausdorff95: 7.615773105863909 },
    ...{ boxes: 0.5102040816326531, distances: [59717.38306302019, 53.74011537017761], parts: [204], filled: 239 },
  },
];
