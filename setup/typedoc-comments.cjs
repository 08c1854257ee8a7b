"use strict";

/**
 * A plugin of TypeDoc. The type of an option is made of its schema by several mapped types, each of which leads to the one
 * place where the option is described. TypeDoc takes them for several descriptions, and warns; here only several places do.
 *
 * @param {{ logger: { warn: (...said: any[]) => void, info: (...said: any[]) => void } }} app TypeDoc.
 */
function load({ logger }) {
  const [warn, info] = [logger.warn.bind(logger), logger.info.bind(logger)];
  /** @type {any[] | null} The warning whose places are told next. */
  let held = null;
  logger.warn = (...said) => {
    if (/ has multiple declarations with a comment/.test(said[0])) held = said;
    else warn(...said);
  };
  logger.info = (...said) => {
    const places = String(said[0]).split("\n\t").slice(1);
    const [warning, same] = [held, new Set(places).size === 1];
    held = null;
    if (warning !== null && same) return;
    if (warning !== null) warn(...warning);
    info(...said);
  };
}

module.exports = { load };
