import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { relative } from "node:path";

import { inOrder, type Unit } from "../../../lib/units/unit";
import { runsOf } from "../../../lib/study/layout";
import { listUnits, stepOf } from "../../../lib/study/steps/steps";
import { validationStep } from "../../../lib/study/steps/validation";
import { temporaryFolder } from "../../helpers/temporary";
import { plannedSmoke } from "./helpers";

describe("listUnits(study)", () => {
  const folder = temporaryFolder();
  const counted = (units: readonly Unit[]) => {
    const counts: Record<string, number> = {};
    for (const { kind } of units) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  };

  it("lists all that a study computes, by the settings alone", async () => {
    // Two folds, one seed; ENAS with one control, two hand-crafted networks; beside the own search the uniform one.
    const units = listUnits(await plannedSmoke(folder.path));
    deepEqual(counted(units), {
      ...{ search: 2, "derivation, scores": 2, "derivation, training": 4, derivation: 2 },
      ...{ "control, scores": 1, "control, training": 4, control: 1, winner: 1, plan: 2 },
      ...{ "cross-validation": 4, "hand-crafted": 4, evaluation: 4 },
    });
  });

  it("lists one for each seed, fold and network, and no second uniform search", async () => {
    const strategy = { kind: "uniform" } as const;
    const study = await plannedSmoke(folder.path, ({ search, ...others }) => ({
      ...others,
      search: { ...search, seeds: [1, 2, 3], options: { ...search.options, strategy } },
      ...{ seeds: [1, 2], folds: null, controls: 99, handCrafted: [] },
    }));
    const counts = counted(listUnits(study));
    deepEqual([counts.search, counts.derivation, counts.control], [3, 3, 3]);
    // As many controls as are drawn: four for each of three searches.
    equal(counts["cross-validation"], (1 + 12) * study.split.folds.length * 2);
    equal(counts["hand-crafted"], undefined);
  });

  it("lists trials of recipes before the cross-validation that depends on them, and networks of parts", async () => {
    const study = await plannedSmoke(folder.path, (settings) => ({
      ...settings,
      tuning: { rates: [0.1, 0.01], decays: [1e-4], augment: ["none", "light"], judgedOn: "fold 1" },
      combine: { folds: true, parts: 3 },
    }));
    const units = listUnits(study);
    const counts = counted(units);
    // Four networks with four recipes on one fold, and on three parts of each of two folds.
    deepEqual([counts["trials of recipes"], counts["parts of training parts"], counts.plan], [16, 24, 6]);
    const plan = units.find(({ name }) => name === "units/plan/validation-found")!;
    equal(plan.needs.length, 1 + 8);
    ok(units.some(({ name }) => name === "parts/found/units/enas/fold-2-part-3-seed-1"));
    inOrder(units);
  });

  it("is a graph, in whose folders the study's own runs lie, and no two units", async () => {
    const study = await plannedSmoke(folder.path);
    const units = listUnits(study);
    equal(inOrder(units).length, units.length);
    const names = new Set(units.map(({ name }) => name));
    for (const run of runsOf(study)) ok(names.has(relative(study.path(), run.folder).replaceAll("\\", "/")), run.title);
    const byName = new Map(units.map((unit) => [unit.name, unit]));
    const before = (name: string): string[] => byName.get(name)!.needs.flatMap((need) => [need, ...before(need)]);
    const found = validationStep(["found"]).list(study)[0]!;
    ok(before(found.name).includes("search/enas-seed-1") && before(found.name).includes("control/seed-1/candidates/4"));
    ok(!before(found.name).includes("search/uniform-seed-1"), "the winner does not wait for the uniform search");
    deepEqual(before(validationStep(["handCrafted"]).list(study)[0]!.name), ["units/plan/validation-hand-crafted"]);
  });

  it("knows what each computes: none of the trainings is free", async () => {
    const units = listUnits(await plannedSmoke(folder.path));
    for (const { kind, cost } of units)
      equal(cost > 0, !["derivation", "control", "winner", "plan", "evaluation"].includes(kind), kind);
  });
});

describe("stepOf(unit)", () => {
  it("refuses the step of another version", () => {
    ok(stepOf({ kind: "search", name: "search/enas-seed-1" }));
    throws(() => stepOf({ kind: "tuning", name: "tuning/a" }), /step "tuning", which this version does not have/);
    throws(() => stepOf({ kind: "constructor", name: "a" }), /which this version does not have/);
  });
});
