import { enas } from "./enas";
import { evolution } from "./evolution";
import { uniform } from "./uniform";

/** The strategies of the library, by their kind. A new one is a file of its own and a line here. */
export const strategies = { enas, uniform, evolution } as const;
