import type { ShapeArchitecture, ShapeSpace, ShapeStage } from "./architecture";

/**
 * Lists architectures whose networks together have every weight that any network of a shape space has, at its largest.
 *
 * @param space The space, a checked one.
 * @returns The architectures; where widths are to be chosen, each three times: a residual connection has weights only where the
 *   widths on both sides of it differ, which the widest may not do.
 */
export function coverShape(space: ShapeSpace): ShapeArchitecture[] {
  const stages = space.stages.map((stage, index) => {
    const halvings = index === 0 ? [null] : space.downsampling;
    return stage.operations.flatMap((operation) =>
      stage.kernels.flatMap((kernel) => halvings.map((halving) => ({ operation, kernel, halving }))),
    );
  });
  const count = Math.max(space.stems.length, space.heads.length, ...stages.map(({ length }) => length));
  const chosen = space.stages.some(({ widths }) => widths.length > 1);
  const narrow = chosen ? [[], [1], [0, 2]] : [[]];
  return narrow.flatMap((narrowest) =>
    Array.from({ length: count }, (_, turn): ShapeArchitecture => {
      const at = <Item>(list: readonly Item[]) => list[turn % list.length]!;
      const stageAt = (index: 0 | 1 | 2): ShapeStage => {
        const { widths, depths, residual, excitation } = space.stages[index];
        const { operation, kernel } = at(stages[index]!);
        return {
          width: narrowest.includes(index) ? Math.min(...widths) : Math.max(...widths),
          depth: Math.max(...depths),
          ...{ operation, kernel, residual: residual.includes(true), excitation: excitation.includes(true) },
        };
      };
      return {
        kind: "shape",
        stem: at(space.stems),
        stages: [stageAt(0), stageAt(1), stageAt(2)],
        downsampling: [at(stages[1]!).halving!, at(stages[2]!).halving!],
        head: at(space.heads),
      };
    }),
  );
}
