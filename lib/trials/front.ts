/** A network between what it is worth and what it costs. */
export interface FrontPoint {
  /** Its name, in what is shown over it. */
  readonly name: string;
  /** What it is drawn with: "found", "drawn by chance". */
  readonly group: string;
  /** What it costs, above 0. */
  readonly cost: number;
  /** What it is worth, the larger the better. */
  readonly value: number;
  /** The ends of the interval of that; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Finds the networks that no other one beats in both what it is worth and what it costs.
 *
 * @param valueOf What counts as worth: the middle of the interval, or an end of it. Default: the middle.
 * @returns The front, the cheapest first; of equals the first.
 */
export function frontOf<Point extends Pick<FrontPoint, "cost" | "value">>(
  points: readonly Point[],
  valueOf: (point: Point) => number = ({ value }) => value,
): Point[] {
  const front: Point[] = [];
  const ordered = [...points].sort((a, b) => a.cost - b.cost || valueOf(b) - valueOf(a));
  for (const point of ordered) {
    const before = front.at(-1);
    if (before === undefined || valueOf(point) > valueOf(before)) front.push(point);
  }
  return front;
}
