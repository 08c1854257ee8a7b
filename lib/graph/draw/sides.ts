/** A connection that skips boxes of a column, by the places of its ends. */
export interface Arc {
  readonly from: number;
  readonly to: number;
}

/**
 * Divides arcs between the two sides of a column so that few cross: arcs of one side cross where one begins within the other and ends
 * beyond it. All run on the right as long as none does.
 *
 * @returns The side of each arc.
 */
export function chooseSides(arcs: readonly Arc[]): ("left" | "right")[] {
  const sides = arcs.map((): "left" | "right" => "right");
  const crossings = (index: number, side: "left" | "right") =>
    arcs.filter((other, place) => place !== index && sides[place] === side && doCross(arcs[index]!, other)).length;
  // Each is moved where it then crosses fewer, until none is; the sum falls each time, so that this ends.
  for (let moved = true; moved;) {
    moved = false;
    for (const index of arcs.keys()) {
      const other = sides[index] === "right" ? "left" : "right";
      if (crossings(index, other) >= crossings(index, sides[index]!)) continue;
      sides[index] = other;
      moved = true;
    }
  }
  return sides;
}

// Where one ends and another begins at the same box, it ends above and begins below.
function doCross(one: Arc, other: Arc): boolean {
  return (
    (one.from < other.from && other.from < one.to && one.to < other.to) ||
    (other.from < one.from && one.from < other.to && other.to < one.to)
  );
}
