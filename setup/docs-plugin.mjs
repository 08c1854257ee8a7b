/**
 * For typedoc: a field of an object that a schema describes has one comment, and typedoc finds it twice, in the type that the schema
 * takes and in the one that it gives. It is the same line, so there is nothing to warn of.
 *
 * @param {import("typedoc").Application} app
 */
export function load({ logger }) {
  for (const [level, twice] of /** @type {const} */ ([
    ["warn", /has multiple declarations with a comment/],
    ["info", /^The comments for \S+ are declared at:\n\t(\S+)\n\t\1$/],
  ])) {
    const say = logger[level].bind(logger);
    logger[level] = (message, ...place) => {
      if (!twice.test(message)) say(message, ...place);
    };
  }
}
