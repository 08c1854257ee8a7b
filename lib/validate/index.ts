/**
 * Cross-validation as one run and one table: models, folds and seeds as units that can be stopped at any moment, run anywhere, and
 * carried on.
 *
 * @module
 */
export type { ValidationPlan } from "./plan";
export { loadUnit } from "./load-unit";
export { readPlanFolder } from "./plan-folder";
export { readHistory } from "./read-history";
export { readValidation } from "./read-validation";
export { runPlan } from "./run-plan";
