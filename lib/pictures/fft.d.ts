/** The part of fft.js that is used here; the package has no types of its own. */
declare module "fft.js" {
  /** A Fourier transform of complex numbers, real and imaginary parts in turn. */
  export default class FFT {
    /** @param size How many complex numbers; a power of two from 2. */
    constructor(size: number);
    /** @param output Where the transform goes. @param input The numbers. */
    transform(output: Float64Array, input: Float64Array): void;
    /** @param output Where the inverse transform goes, divided by the size. @param input The numbers. */
    inverseTransform(output: Float64Array, input: Float64Array): void;
  }
}
