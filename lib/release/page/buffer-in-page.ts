// In a page, the package of this name, which has the same functions on the same bytes.
export { Buffer } from "buffer";
