import { makeCalls } from "./call-queue";
import { ownKernels, ownLibrary } from "./choose-kernels";

/**
 * Hands the memory that our kernels keep for later results back to the system.
 *
 * @returns How many bytes were kept.
 */
export function releaseKeptMemory(): number {
  if (!ownKernels()) return 0;
  makeCalls();
  const library = ownLibrary();
  const bytes = library.keptBytes();
  library.release();
  return bytes;
}
