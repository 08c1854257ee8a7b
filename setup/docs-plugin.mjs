/**
 * For typedoc: a field of an object that a schema describes has one comment, and typedoc finds it twice, in the type that the schema
 * takes and in the one that it gives. It is the same line, so there is nothing to warn of.
 *
 * @param {import("typedoc").Application} app
 */
export function load({ logger }) {
  /**
   * @param {(message: string, ...place: any[]) => void} say
   * @param {RegExp} twice
   */
  const without =
    (say, twice) =>
    (/** @type {string} */ message, /** @type {any[]} */ ...place) => {
      if (!twice.test(message)) say.call(logger, message, ...place);
    };
  logger.warn = without(logger.warn, /has multiple declarations with a comment/);
  logger.info = without(logger.info, /^The comments for \S+ are declared at:\n\t(\S+)\n\t\1$/);
}
