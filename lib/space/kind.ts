/**
 * What a kind of space is. All that the rest of the house asks of a space or of an architecture follows from its decisions,
 * or goes through the entry of its kind in the table of `kinds.ts`: a further kind is one entry there.
 *
 * @module
 */
import type { GraphBuilder, InputSize, Value } from "../graph/builder";
import type { Family } from "../graph/draw/families";
import type { Drawing } from "../graph/draw/picture";
import type { Graph } from "../graph/graph";
import type { BatchNormalisation } from "../graph/layer";

/** One of the decisions that make an architecture. */
export interface Decision {
  /** What is decided, unique in its space: "operation of side x of node 3 in the normal cell". */
  readonly name: string;
  /** Decisions of the same kind, which are counted together: "normal cell, operation". */
  readonly group: string;
  /** What can be chosen, at least one; an architecture that is written as numbers holds places in these lists. */
  readonly options: readonly string[];
  /** Whether the first option means that nothing is taken, so that counts of what was chosen leave it out; default: no. */
  readonly optional?: boolean;
}

/** Where in a network an operation is built. */
export interface OperationSite {
  /** The network. */
  readonly builder: GraphBuilder;
  /** The batch normalisation that all layers of the network have. */
  readonly norm: BatchNormalisation;
  /** Names a node, or several that begin with it, by all that weights depend on, and by a part of the operation if it has any. */
  readonly name: (part?: string) => string;
}

/** An operation of a space: an entry of the table of its kind. */
export interface Operation {
  /** What it is drawn as: its colour. */
  readonly family: Family;
  /** Whether it has weights, which architectures with the same operation at the same place share. */
  readonly hasWeights: boolean;
  /** Adds it to a network at a site: of `[height, width, channels]` come the same; the input itself where nothing is added. */
  readonly build: (site: OperationSite, input: Value) => Value;
}

/**
 * A kind of space: what its spaces, its architectures and their networks are. Architectures that come in are checked ones
 * but for {@link SpaceKind.checkArchitecture}; spaces but for {@link SpaceKind.checkSpace}.
 */
export interface SpaceKind<Space, Architecture, Settings> {
  /** All operations that its spaces may have, by name. The order is their code in hashes: new ones stand at the end. */
  readonly operations: Readonly<Record<string, Operation>>;

  /** Lists the operations that architectures of a space may have, in its order. */
  operationsOf(space: Space): readonly string[];

  /** Lists the groups of a space's decisions, in the order in which their counts are recorded and drawn. */
  groupsOf(space: Space): readonly string[];

  /**
   * Fills in what is not given of a space and checks it.
   *
   * @param given What is given; of this kind.
   */
  checkSpace(given: object): Space;

  /** Says in a few words which space it is: "the micro space with cells of 4 nodes". */
  titleOf(space: Space): string;

  /** Gives the largest space of an architecture's size: the one with all operations. */
  wholeSpaceOf(architecture: Architecture): Space;

  /** Lists the decisions that make an architecture. */
  decisionsOf(space: Space): Decision[];

  /** Says what an architecture chose, in the order of the decisions, in the words of their options. */
  chosenBy(architecture: Architecture): string[];

  /**
   * Makes an architecture of what was decided.
   *
   * @param chosen For each decision the place among its options.
   */
  architectureOf(space: Space, chosen: readonly number[]): Architecture;

  /**
   * Checks that an architecture is one, of any space of this kind.
   *
   * @param architecture The architecture, of a file for example.
   */
  checkArchitecture(architecture: Architecture): Architecture;

  /** Describes an architecture in words, one line for each node or layer. */
  describe(architecture: Architecture): string;

  /**
   * Draws an architecture.
   *
   * @param network Its network, whose shapes and parameters are drawn beside it, with stem and head; null: the architecture alone.
   */
  draw(architecture: Architecture, network: Graph | null): Promise<Drawing>;

  /**
   * Fills in the settings of networks and checks them.
   *
   * @param given Those that differ from the defaults.
   */
  checkSettings(given: Partial<Settings>): Settings;

  /**
   * Builds the network of an architecture.
   *
   * @param size The images.
   * @param settings Every setting.
   */
  build(architecture: Architecture, size: InputSize, settings: Settings): Graph;

  /** Lists architectures whose networks together have every weight that any network of a space has. */
  coverWeights(space: Space): Architecture[];
}
