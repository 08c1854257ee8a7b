import { Problem } from "../runtime/problem";

/**
 * A file was read and is not what a run has written there. An older one can take its place; where a file cannot be
 * read at all, which may pass, it is an ordinary problem instead.
 */
export class DamagedFile extends Problem {}
