/**
 * Files: downloaded, checked, unpacked and read without trusting them, and written so that none is ever half there. What is
 * wrong with one is a problem that names it.
 *
 * @module
 */
export { canonicalJson } from "./canonical-json";
export { checkHash, checkSum, hashFile, hashOf } from "./checksum";
export type { ChecksumAlgorithm } from "./checksum";
export { download } from "./download";
export type { DownloadOptions, ExpectedFile } from "./download";
export { explainFailure, fileProblem } from "./explain-failure";
export type { Failure } from "./explain-failure";
export { formatBytes, requireFreeSpace } from "./free-space";
export { readMatlab } from "./matlab";
export type { MatlabReadOptions } from "./matlab";
export { describeValue, numberOf, textOf } from "./matlab-value";
export type { MatlabCells, MatlabData, MatlabNumbers, MatlabStructs, MatlabText, MatlabValue } from "./matlab-value";
export { readNumpyArchive } from "./numpy-archive";
export type { NumpyArchiveOptions } from "./numpy-archive";
export { parseNumpyArray } from "./numpy-array";
export type { NumpyArray, NumpyData, NumpyType } from "./numpy-array";
export { readSheet } from "./sheet";
export { readOnce } from "./read-once";
export { makeRunFolder } from "./run-folder";
export { readTable } from "./table";
export type { TableReadOptions } from "./table";
export type { TableColumns, TableRow } from "./table-rows";
export { unpackZip } from "./unpack";
export type { UnpackOptions } from "./unpack";
export { flushFolder, makeFolder, writeAtomically } from "./write-atomically";
export { writeFolder } from "./write-folder";
