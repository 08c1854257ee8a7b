import { attend } from "../../lib/controller/attention";
import { near } from "../statistics/recorded/read";
import { checkGradients, randomParameter } from "./check-gradients";

describe("attend(keys, query, scale, tape)", () => {
  const keys = [randomParameter(1, 3), randomParameter(2, 3)];
  const query = randomParameter(3, 3);
  const scale = randomParameter(4, 3, 1);

  it("scores each key by v · tanh(key + query)", () => {
    const expected = keys.map(({ values: [a, b, c] }) => {
      const [p, q, r] = query.values;
      const [u, v, w] = scale.values;
      return u! * Math.tanh(a! + p!) + v! * Math.tanh(b! + q!) + w! * Math.tanh(c! + r!);
    });
    near([...attend(keys, query, scale, []).values], expected, 1e-15);
  });

  it("passes gradients back to keys, query and scale", () => {
    checkGradients([...keys, query, scale], (tape) => ({ outputs: [attend(keys, query, scale, tape)] }));
  });
});
