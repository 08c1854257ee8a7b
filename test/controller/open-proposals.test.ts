import { deepEqual, throws } from "node:assert/strict";

import { createOpenProposals } from "../../lib/controller/open-proposals";
import { readMacro } from "../helpers/spaces";

const architecture = readMacro("2");

describe("createOpenProposals()", () => {
  it("gives back what was kept, in the order of the rewards", () => {
    const proposals = createOpenProposals<string>();
    const [first, second] = [proposals.open(architecture, "a"), proposals.open(architecture, "b")];
    deepEqual(first, { architecture });
    deepEqual(
      proposals.close([
        { proposal: second, reward: 2 },
        { proposal: first, reward: -1 },
      ]),
      [
        { kept: "b", architecture, reward: 2 },
        { kept: "a", architecture, reward: -1 },
      ],
    );
  });

  it("knows a proposal once, and none from before", () => {
    const proposals = createOpenProposals<null>();
    const [first, second] = [proposals.open(architecture, null), proposals.open(architecture, null)];
    proposals.close([{ proposal: first, reward: 1 }]);
    for (const proposal of [first, second]) {
      throws(() => proposals.close([{ proposal, reward: 1 }]), {
        name: "Problem",
        message: /Proposal 0, counted from 0, is none that this strategy made since its last update/,
      });
    }
    const third = proposals.open(architecture, null);
    proposals.clear();
    throws(() => proposals.close([{ proposal: third, reward: 1 }]), /is none that this strategy made/);
  });

  it("refuses none, foreign and copied ones, one twice and rewards that are not finite, and then closes nothing", () => {
    const proposals = createOpenProposals<null>();
    const proposal = proposals.open(architecture, null);
    const good = { proposal, reward: 1 };
    throws(() => proposals.close([]), /no proposals to learn from/);
    throws(
      () => proposals.close([good, { proposal: createOpenProposals<null>().open(architecture, null), reward: 1 }]),
      /Proposal 1/,
    );
    throws(() => proposals.close([{ proposal: { ...proposal }, reward: 1 }]), /is none that this strategy made/);
    throws(() => proposals.close([good, good]), /Proposal 1, counted from 0, is there twice/);
    for (const reward of [NaN, Infinity, -Infinity]) {
      throws(() => proposals.close([{ proposal, reward }]), /The reward of proposal 0, counted from 0, is/);
    }
    deepEqual(proposals.close([good]), [{ kept: null, architecture, reward: 1 }]);
  });
});
