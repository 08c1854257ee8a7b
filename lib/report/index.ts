/**
 * One file that a researcher hands to a colleague: a report as plain data, and the page that it becomes.
 *
 * @module
 */
export { countReported } from "./count-reported";
export { writeReport } from "./write-report";
