import { equal } from "node:assert/strict";

import {
  bytesField,
  bytesOf,
  floatField,
  integerField,
  messageField,
  messageOf,
  textField,
  type Message,
} from "../../lib/onnx/protobuf";

const hex = (message: Message) => Buffer.from(bytesOf(message)).toString("hex");

describe("the fields of a protocol buffer", () => {
  it("are laid out as in the examples of its documentation", () => {
    equal(hex(integerField(1, 150)), "089601");
    equal(hex(textField(2, "testing")), "120774657374696e67");
    equal(hex(messageField(3, integerField(1, 150))), "1a03089601");
  });

  it("hold numbers below 0, large ones, fractions, nothing, and high numbers of fields", () => {
    equal(hex(integerField(3, -1)), `18${"ff".repeat(9)}01`);
    equal(hex(integerField(1, 2 ** 53)), "088080808080808010");
    equal(hex(floatField(2, -1.5)), "150000c0bf");
    equal(hex(textField(1, "")), "0a00");
    equal(hex(integerField(20, 7)), "a00107");
    equal(hex(textField(1, "≠")), "0a03e289a0");
    equal(hex(messageOf([])), "");
    equal(hex(bytesField(9, new Uint8Array(300))), `4aac02${"00".repeat(300)}`);
  });
});
