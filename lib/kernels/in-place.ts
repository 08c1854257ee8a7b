import { tf } from "../runtime/tensorflow";
import { isSoleOwner } from "./call";
import { borrowVariables } from "./borrowed-variables";
import { markOwn } from "./tensorflow-call";

/**
 * Makes variables ready for a kernel of our own that changes them in place: each gets memory of its own where another tensor may
 * hold the same, the one that it was made from for example, and is borrowed if it may be borrowed for long.
 */
export function makeReady(variables: readonly tf.Variable[]): void {
  variables.forEach(makeSoleOwner);
  borrowVariables(variables);
}

function makeSoleOwner(variable: tf.Variable): void {
  if (isSoleOwner(variable)) return;
  const copy = markOwn(tf.tidy(() => tf.add(variable, 0)));
  variable.assign(copy);
  copy.dispose();
}
