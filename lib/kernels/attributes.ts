/**
 * The attributes of kernels.
 *
 * @module
 */
import { tf } from "../runtime/tensorflow";

/** An attribute of a kernel, as the binding takes it. */
export interface KernelAttribute {
  readonly name: string;
  /** Its type, a number of the binding's. */
  readonly type: number;
  readonly value: boolean | number | string | readonly number[];
}

/** The numbers of the binding's types. */
type Binding = Readonly<
  Record<"TF_ATTR_BOOL" | "TF_ATTR_INT" | "TF_ATTR_FLOAT" | "TF_ATTR_STRING" | "TF_ATTR_TYPE" | "TF_FLOAT", number>
>;

let found: Binding | null = null;

// Found once: a step makes hundreds of attributes.
const types = () => (found ??= (tf.backend() as unknown as { readonly binding: Binding }).binding);

/** Makes an attribute that is true or false. */
export function flag(name: string, value: boolean): KernelAttribute {
  return { name, type: types().TF_ATTR_BOOL, value };
}

/** Makes an attribute that is a whole number, or a list of them. */
export function integer(name: string, value: number | readonly number[]): KernelAttribute {
  return { name, type: types().TF_ATTR_INT, value };
}

/** Makes an attribute that is a number. */
export function float(name: string, value: number): KernelAttribute {
  return { name, type: types().TF_ATTR_FLOAT, value };
}

/** Makes an attribute that is a text. */
export function text(name: string, value: string): KernelAttribute {
  return { name, type: types().TF_ATTR_STRING, value };
}

/**
 * Makes an attribute that says float32.
 *
 * @param name Its name: "T".
 */
export function float32(name: string): KernelAttribute {
  const { TF_ATTR_TYPE, TF_FLOAT } = types();
  return { name, type: TF_ATTR_TYPE, value: TF_FLOAT };
}
