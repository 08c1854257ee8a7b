import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { planAreas } from "../../lib/statistics/planned-areas";
import { planPower, tellPower } from "../../lib/study/planned-power";

type Label = "benign" | "malignant";

/** Images "fold patient view" of the classes given, in folds. */
function planned(folds: readonly (readonly (readonly [patient: string | undefined, labels: readonly Label[]])[])[]) {
  const records = folds.flatMap((patients, fold) =>
    patients.flatMap(([patient, labels], index) =>
      labels.map((label, view) => ({ id: `${fold} ${index} ${view}`, patient, label })),
    ),
  );
  const split = {
    folds: folds.map((_, fold) => ({
      name: `fold ${fold + 1}`,
      test: records.flatMap(({ id }) => (id.startsWith(`${fold} `) ? [id] : [])),
    })),
  };
  return { records, split, settings: { folds: null } };
}

/** Patients of one class, `from` on. */
const many = (count: number, label: Label, from: number) =>
  Array.from({ length: count }, (_, index) => [`p${from + index}`, [label, label]] as const);

describe("planPower(study)", () => {
  const study = planned([
    [...many(20, "malignant", 0), ...many(50, "benign", 100)],
    [...many(25, "malignant", 200), ...many(45, "benign", 300)],
  ]);

  it("counts patients and not images, and takes the settings' assumptions", () => {
    const { value } = planPower(study);
    deepEqual([value!.patients, value!.malignant, value!.folds], [140, 45, 2]);
    const { standardErrorOfDifference } = planAreas(
      [
        { ones: 20, zeros: 50 },
        { ones: 25, zeros: 45 },
      ],
      { area: 0.92, correlation: 0.9 },
    );
    equal(value!.standardError.difference, standardErrorOfDifference);
    const primary = { expected: { area: 0.8, correlation: 0.5 }, margin: 0.05, power: 0.9, reference: "VGG-11" };
    const other = planPower({ ...study, settings: { folds: null, primary } }).value!;
    deepEqual(
      [other.reference, other.margin, other.power, other.expected],
      ["VGG-11", 0.05, 0.9, { area: 0.8, correlation: 0.5 }],
    );
    ok(other.detectable > value!.detectable);
    const more = planPower({ ...study, settings: { folds: null, primary: { ...primary, power: 0.8 } } }).value!;
    ok(more.patientsForMargin < other.patientsForMargin);
  });

  it("takes a patient with both classes as malignant, an image without a patient as one, and the chosen folds alone", () => {
    const mixed = planned([
      [
        ["a", ["benign", "malignant"]],
        [undefined, ["benign", "benign"]],
        ["c", ["malignant"]],
      ],
      [
        ["d", ["benign"]],
        ["e", ["malignant"]],
      ],
    ]);
    deepEqual([planPower(mixed).value!.patients, planPower(mixed).value!.malignant], [6, 3]);
    const first = planPower({ ...mixed, settings: { folds: [1] } }).value!;
    deepEqual([first.patients, first.malignant, first.folds], [4, 2, 1]);
  });

  it("says that nothing can be told where no fold has both classes", () => {
    const single = planned([many(3, "benign", 0), many(3, "malignant", 10)]);
    const { value, missing } = planPower(single);
    equal(value, null);
    match(missing, /No fold tests patients of both classes/);
    match(tellPower(planPower(single))[0]!, /^What the study can show cannot be told beforehand\. No fold/);
  });

  it("refuses assumptions that are none", () => {
    for (const [primary, expected] of [
      [{ expected: { area: 0.5 } }, /primary.*expected\.area/],
      [{ expected: { correlation: 1 } }, /primary.*expected\.correlation/],
      [{ expected: { corelation: 0.5 } }, /corelation.*Did you mean "?.*correlation/],
    ] as const)
      throws(
        () => planPower({ ...study, settings: { folds: null, primary } as never }),
        (error: Error) => error.name === "Problem" && expected.test(error.message),
      );
  });
});

describe("tellPower(power)", () => {
  it("says patients, differences, what would be needed, and what is assumed", () => {
    const said = tellPower(planPower(planned([[...many(342, "malignant", 0), ...many(722, "benign", 1000)]]))).join(
      "\n",
    );
    match(said, /1,064 patients, 342 with a malignant lesion, are tested in 1 fold\./);
    match(said, /A difference of 0\.013 in the area per patient to plain CNN is found with a power of 80 %/);
    match(said, /one of 0\.01 with 60 %; that there is none beyond ± 0\.01 is shown with 42 %/);
    match(said, /1,7\d\d patients would find a difference of 0\.01 with 80 %, 1,8\d\d would show equivalence/);
    match(said, /both areas are 0\.92, and the scores of the two correlate by 0\.9 .*the areas then by 0\.86/);
    match(said, /standard error of the difference is 0\.0045\. It is of patients alone/);
  });
});
