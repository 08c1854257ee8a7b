import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";

import { costsOfUnits } from "../../lib/study/estimate-work";
import { forecastStudy, tellForecast } from "../../lib/study/forecast";
import { startSeconds, type StudySpeed } from "../../lib/study/measure-speed";
import type { Study } from "../../lib/study/open-study";
import { listUnits } from "../../lib/study/steps/steps";
import type { StudySettings } from "../../lib/study/study-settings";
import { countRecipes } from "../../lib/study/tried-recipes";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { smokeStudy } from "./helpers";

const speed: StudySpeed = { searched: 1e9, found: 2e9, handCrafted: new Map([["CNN3", 4e9]]), own: new Map() };
const measured = () => Promise.resolve(speed);

describe("forecastStudy(study, measure) and tellForecast(forecast)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let study: Study;
  before(async () => {
    study = await smokeStudy(folder.path);
  });
  const at = (name: string) => ({ ...study, path: (...parts: string[]) => [folder.path, name, ...parts].join("/") });
  const seal = (place: ReturnType<typeof at>, ...parts: string[]) => {
    mkdirSync(place.path(...parts), { recursive: true });
    writeFileSync(place.path(...parts, "done.json"), "{}");
  };

  it("counts every unit, and what each takes by the speed of its own kind of network", async () => {
    const forecast = await forecastStudy(at("new"), measured);
    const costs = costsOfUnits(study.settings, { images: study.records.length, folds: study.split.folds.length });
    const step = (name: string) => forecast.steps.find((one) => one.step === name)!;
    equal(forecast.done, 0);
    equal(forecast.begun, 0);
    equal(
      forecast.units,
      forecast.steps.reduce((sum, { units }) => sum + units, 0),
    );
    // The search of the study and the one that is its control.
    equal(step("search").units, 2);
    equal(step("search").seconds, 2 * (startSeconds + costs.search / 1e9));
    const { handCrafted } = study.settings;
    const crafted = step("hand-crafted");
    equal(crafted.units, handCrafted.length * (study.settings.folds?.length ?? 5));
    const each = handCrafted.map(
      (name, index) => (costs.handCrafted[index]! * costs.unitPasses) / (name === "CNN3" ? 4e9 : 2e9),
    );
    const expected = (crafted.units / handCrafted.length) * each.reduce((sum, one) => sum + startSeconds + one, 0);
    ok(Math.abs(crafted.seconds / expected - 1) < 1e-9, `${crafted.seconds} and ${expected}`);
  });

  it("takes a model of one's own at the speed that was measured of it, its trials of recipes too", async () => {
    const ownModels = [{ name: "mine", folder: "mine" }];
    const tuning = {
      ...{ rates: [0.01, 0.02], decays: [0], augment: ["as trained", "none"], judgedOn: "fold 1" },
    } satisfies StudySettings["tuning"];
    const own = { ...at("own"), settings: { ...study.settings, ownModels, tuning } } as Study;
    const secondsAt = async (pace: number) => {
      const { steps } = await forecastStudy(own, () => Promise.resolve({ ...speed, own: new Map([["mine", pace]]) }));
      return steps.reduce((sum, { seconds }) => sum + seconds, 0);
    };
    const { unitPasses, trialPasses, found } = costsOfUnits(own.settings, {
      images: study.records.length,
      folds: study.split.folds.length,
    });
    const units = study.settings.folds?.length ?? study.split.folds.length;
    const expected = found * (units * unitPasses + countRecipes(tuning) * trialPasses) * (1 / 1e8 - 1 / 1e9);
    const difference = (await secondsAt(1e8)) - (await secondsAt(1e9));
    ok(Math.abs(difference / expected - 1) < 1e-9, `${difference} and ${expected}`);
  });

  it("takes off what is there, and names what goes on where it was cut off", async () => {
    const place = at("begun");
    const before = await forecastStudy(place, measured);
    seal(place, "search", "enas-seed-1");
    mkdirSync(place.path("search", "uniform-seed-1"), { recursive: true });
    writeFileSync(place.path("search", "uniform-seed-1", "run.json"), "{}");
    const after = await forecastStudy(place, measured);
    deepEqual([after.done, after.begun], [1, 1]);
    ok(after.seconds < before.seconds && after.bytes < before.bytes);
    const said = await captureOutput(() => {
      tellForecast(after);
    });
    match(
      said,
      /1 of \d+ units are there and stay as they are, 1 go on where they were cut off\. The rest takes about/,
    );
    match(said, /It writes about [\d.]+ MB, notebooks and report with it; [\d.]+ [MG]B are free\.\n$/);
  });

  it("measures nothing where nothing is left, and says so", async () => {
    const place = at("done");
    const costs = costsOfUnits(study.settings, { images: study.records.length, folds: study.split.folds.length });
    for (const { name } of listUnits({ ...place, costs, threadsOf: () => 1 })) seal(place, ...name.split("/"));
    const forecast = await forecastStudy(place, () => {
      throw new Error("measured");
    });
    equal(forecast.done, forecast.units);
    const said = await captureOutput(() => {
      tellForecast(forecast);
    });
    match(said, /^All that phantom-smoke trains is there, \d+ units: nothing is trained anew\.\n$/);
  });

  it("warns where the disk has too little room", async () => {
    const forecast = { ...(await forecastStudy(at("new"), measured)), free: 1e6 };
    const said = await captureOutput(() => {
      tellForecast(forecast);
    });
    match(
      said,
      /1\.0 MB are free\.\nThe disk has too little room: free some, or name another folder by SONONAS_RESULTS\.\n$/,
    );
  });
});
