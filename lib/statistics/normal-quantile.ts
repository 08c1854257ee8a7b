import { Problem } from "../runtime/problem";

// Coefficients of the three rational approximations, highest power first, as published.
const centre = {
  above: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  below: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
};
const middle = {
  above: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  below: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
};
const tail = {
  above: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  below: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
};

/**
 * Computes the quantile of the standard normal distribution, by Wichura's algorithm AS 241 ("The percentage points of the
 * normal distribution", Applied Statistics 37:477-484, 1988), exact to some 16 digits.
 *
 * @param probability A share above 0 and below 1.
 * @returns The number that a standard normal draw stays below with this probability: 1.96 for .975.
 * @throws {Problem} Where the probability is not between 0 and 1.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new Problem(
      `A normal quantile was asked for at the probability ${probability}, expected a number between 0 and 1.`,
      "Give a share, 0.975 for example.",
    );
  }
  const centred = probability - 0.5;
  if (Math.abs(centred) <= 0.425) return centred * ratio(centre, 0.180625 - centred * centred);
  const root = Math.sqrt(-Math.log(Math.min(probability, 1 - probability)));
  return Math.sign(centred) * (root <= 5 ? ratio(middle, root - 1.6) : ratio(tail, root - 5));
}

function ratio({ above, below }: { above: readonly number[]; below: readonly number[] }, at: number): number {
  const polynomial = (coefficients: readonly number[]) => coefficients.reduce((sum, one) => sum * at + one, 0);
  return polynomial(above) / polynomial(below);
}
