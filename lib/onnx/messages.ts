/**
 * The messages of an ONNX file, by the field numbers of its schema, which do not change.
 *
 * See https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 *
 * @module
 */
import { bytesField, floatField, integerField, messageField, messageOf, textField, type Message } from "./protobuf";

/** Settings of an operation: whole numbers, a number in single precision, or a word. */
export type Attributes = Readonly<
  Record<string, number | readonly number[] | { readonly float: number } | { readonly text: string }>
>;

/** An operation at its place. */
export interface Operation {
  /** Which, as ONNX calls it: "Conv". */
  readonly type: string;
  /** The names of the values that it takes. */
  readonly inputs: readonly string[];
  /** The name of the value that it gives, and its own. */
  readonly output: string;
  readonly attributes: Attributes;
}

/** A constant: weights, or whole numbers that an operation takes. */
export interface Constant {
  readonly name: string;
  /** Its shape; empty for a single number. */
  readonly shape: readonly number[];
  /** Its numbers: float32, or whole numbers of 64 bits. */
  readonly values: Float32Array | BigInt64Array;
}

/** The outer shape of a value: a size, or the name of one that is known only when it is used. */
export interface Slot {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** What is in a file. */
export interface ModelParts {
  /** What the network is called. */
  readonly name: string;
  /** What a person should know of it. */
  readonly documentation: string;
  /** The version of the program that writes it. */
  readonly version: string;
  /** What a program should know of it, texts by their keys. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly operations: readonly Operation[];
  readonly constants: readonly Constant[];
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
}

/** The newest operations that onnxruntime of 2023 and converters to PyTorch know, and the format that goes with them. */
const [operatorSet, format] = [17, 8];

const [float, int64] = [1, 7];

/** Writes a model. */
export const modelMessage = (model: ModelParts): Message =>
  messageOf([
    integerField(1, format),
    textField(2, "sononas"),
    textField(3, model.version),
    textField(6, model.documentation),
    messageField(
      7,
      messageOf([
        ...model.operations.map((operation) => messageField(1, operationMessage(operation))),
        textField(2, model.name),
        ...model.constants.map((constant) => messageField(5, constantMessage(constant))),
        ...model.inputs.map((slot) => messageField(11, slotMessage(slot))),
        ...model.outputs.map((slot) => messageField(12, slotMessage(slot))),
      ]),
    ),
    messageField(8, messageOf([textField(1, ""), integerField(2, operatorSet)])),
    ...Object.entries(model.metadata).map(([key, value]) =>
      messageField(14, messageOf([textField(1, key), textField(2, value)])),
    ),
  ]);

const operationMessage = ({ type, inputs, output, attributes }: Operation): Message =>
  messageOf([
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, output),
    textField(4, type),
    ...Object.entries(attributes).map(([name, value]) => messageField(5, attributeMessage(name, value))),
  ]);

function attributeMessage(name: string, value: Attributes[string]): Message {
  const kind = (number: number) => integerField(20, number);
  if (typeof value === "number") return messageOf([textField(1, name), integerField(3, value), kind(2)]);
  if ("float" in value) return messageOf([textField(1, name), floatField(2, value.float), kind(1)]);
  if ("text" in value) return messageOf([textField(1, name), textField(4, value.text), kind(3)]);
  return messageOf([textField(1, name), ...value.map((one) => integerField(8, one)), kind(7)]);
}

const constantMessage = ({ name, shape, values }: Constant): Message =>
  messageOf([
    ...shape.map((size) => integerField(1, size)),
    integerField(2, values instanceof Float32Array ? float : int64),
    textField(8, name),
    // In the machine's own byte order, little-endian: TensorFlow runs on no other machines.
    bytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);

function slotMessage({ name, shape }: Slot): Message {
  const sizes = shape.map((size) =>
    messageField(1, typeof size === "number" ? integerField(1, size) : textField(2, size)),
  );
  const tensor = messageOf([integerField(1, float), messageField(2, messageOf(sizes))]);
  return messageOf([textField(1, name), messageField(2, messageField(1, tensor))]);
}
