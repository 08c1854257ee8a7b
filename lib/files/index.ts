/**
 * Files: downloaded, checked, unpacked and read without trusting them, and written so that none is ever half there. What is
 * wrong with one is a problem that names it.
 *
 * @module
 */
export { writeAtomically } from "./write-atomically";
