import { equal, throws } from "node:assert/strict";

import { criticalValue, studentCritical, twoSidedP, twoSidedStudent } from "../../lib/statistics/student";
import { inference, near } from "./recorded/read";

describe("twoSidedStudent(t, degreesOfFreedom)", () => {
  it("gives the numbers that SciPy gives", () => {
    for (const [t, degrees, p] of inference.student) near(twoSidedStudent(t, degrees) / p, 1, 1e-12);
  });

  it("is symmetric, and 0 for an infinite t", () => {
    equal(twoSidedStudent(-2, 5), twoSidedStudent(2, 5));
    equal(twoSidedStudent(Infinity, 5), 0);
  });

  it("refuses other input", () => {
    throws(() => twoSidedStudent(NaN, 3), /p-value was asked for the statistic NaN/);
    throws(() => twoSidedStudent(1, Infinity), /degrees of freedom are Infinity/);
    throws(() => twoSidedStudent(1, 0), /degrees of freedom are 0/);
  });
});

describe("studentCritical(confidence, degreesOfFreedom)", () => {
  it("gives the numbers that SciPy gives", () => {
    for (const [confidence, degrees, value] of inference.studentCritical) {
      near(studentCritical(confidence, degrees) / value, 1, 1e-12);
    }
  });

  it("refuses other input", () => {
    throws(() => studentCritical(95, 3), /The confidence is 95/);
    throws(() => studentCritical(0.95, NaN), /degrees of freedom are NaN/);
  });
});

describe("criticalValue(confidence, degreesOfFreedom)", () => {
  it("is Student's with degrees of freedom, and the normal distribution's without", () => {
    near(criticalValue(0.95, 4), 2.7764451051977987, 1e-12);
    near(criticalValue(0.95, null), 1.959963984540054, 1e-12);
  });

  it("refuses other input", () => {
    throws(() => criticalValue(95, 3), /The confidence is 95/);
    throws(() => criticalValue(0.95, 0), /degrees of freedom are 0/);
  });
});

describe("twoSidedP(z, degreesOfFreedom)", () => {
  it("is Student's with degrees of freedom, and the normal distribution's without", () => {
    near(twoSidedP(2.7764451051977987, 4), 0.05, 1e-12);
    near(twoSidedP(-1.959963984540054, null), 0.05, 1e-12);
  });

  it("refuses other input", () => {
    throws(() => twoSidedP(NaN, null), /NaN/);
    throws(() => twoSidedP(1, 0), /degrees of freedom are 0/);
  });
});
