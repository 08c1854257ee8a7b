import { Problem } from "../runtime/problem";
import { visibleText } from "../runtime/visible-text";
import { explainFailure } from "./explain-failure";

/**
 * Does something with what was read of a file, so that whatever fails is told with the file's name: a stranger's file may
 * break any assumption, and whoever gave it sees one sentence instead of a stack trace.
 *
 * @param path The file.
 * @param work What is done.
 * @param fix What to do about a file that is not as it should be; default: to get it again.
 * @returns What the work gives.
 * @throws {Problem} Where the work throws: its own problem, the file named before it where it does not name it itself.
 */
export function withinFile<Result>(
  path: string,
  work: () => Result,
  fix = "Use an older copy, or make it again.",
): Result {
  const told = (error: unknown): unknown => {
    // What says more than a problem, such as that work was stopped, goes through as it is.
    if (error instanceof Problem && error.constructor !== Problem) return error;
    if (error instanceof Problem)
      return error.what.includes(visibleText(path)) ? error : new Problem(`${path}: ${error.what}`, error.fix);
    // No fault of the file: a package is missing.
    if (String((error as NodeJS.ErrnoException | null)?.code).endsWith("MODULE_NOT_FOUND")) return error;
    const { reason } = explainFailure(error);
    return new Problem(`${path} is damaged or was changed (${reason.replaceAll(/\s+/g, " ").slice(0, 200)}).`, fix);
  };
  try {
    const result = work();
    if (result instanceof Promise) {
      return result.catch((error: unknown) => {
        throw told(error);
      }) as Result;
    }
    return result;
  } catch (error) {
    throw told(error);
  }
}
