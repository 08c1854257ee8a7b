/** Names that are joined step by step into groups. */
export interface Joining {
  /** Finds what stands for all the names that were joined with one. */
  rootOf(name: string): string;

  /**
   * Joins two names, and all that were joined with either.
   *
   * @param one The one; what stands for it stands for all from now on.
   */
  join(one: string, other: string): void;
}

/** Starts joining names, each alone at first (Galler and Fischer, "An improved equivalence algorithm", 1964). */
export function startJoining(): Joining {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // The way is short from now on.
    if (root !== name) parents.set(name, root);
    return root;
  };
  return {
    rootOf,
    join(one, other) {
      const [first, second] = [rootOf(one), rootOf(other)];
      if (first !== second) parents.set(second, first);
    },
  };
}
