"""Records what takes patients, seeds and margins into account from other implementations, for the tests in test/statistics.

Run it in its folder: python record_patients.py > patients.json, and format that with Prettier. Recorded with NumPy 2.4.6,
SciPy 1.17.1, statsmodels 0.15.0 and pandas 3.1.1. Obuchowski's estimator, which none of them has, is computed here from the formulas
as they are printed (Biometrics 53:567-578, 1997), pair by pair; strata are independent, but for patients who are in several.
"""

import json
import math

import numpy
import pandas
import statsmodels.api as sm
import statsmodels.formula.api as smf
from scipy import special, stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.weightstats import ttost_ind

random = numpy.random.default_rng(22)


def obuchowski(labels, scores, groups):
    """Areas, covariance, and what each patient adds, of one stratum: `scores` is [lists][rows]."""
    x, y = numpy.flatnonzero(labels == 1), numpy.flatnonzero(labels == 0)
    M, N = len(x), len(y)
    clusters = sorted(set(groups))
    I = len(clusters)
    I10 = len({groups[i] for i in x})
    I01 = len({groups[i] for i in y})
    areas, tens, ones = [], [], []
    for own in scores:
        psi = (own[x][:, None] > own[y][None, :]) + 0.5 * (own[x][:, None] == own[y][None, :])
        area = psi.mean()
        v10, v01 = psi.mean(axis=1), psi.mean(axis=0)
        tens.append([sum(v10[k] - area for k, i in enumerate(x) if groups[i] == c) for c in clusters])
        ones.append([sum(v01[k] - area for k, i in enumerate(y) if groups[i] == c) for c in clusters])
        areas.append(area)
    tens, ones = numpy.array(tens), numpy.array(ones)
    S10 = I10 / ((I10 - 1) * M) * tens @ tens.T
    S01 = I01 / ((I01 - 1) * N) * ones @ ones.T
    S11 = I / (I - 1) * tens @ ones.T
    covariance = S10 / M + S01 / N + (S11 + S11.T) / (M * N)
    added = {c: tens[:, k] / M + ones[:, k] / N for k, c in enumerate(clusters)}
    return numpy.array(areas), covariance, added


def stratified(labels, scores, groups, strata):
    parts = []
    for name in dict.fromkeys(strata):
        rows = numpy.array([index for index, one in enumerate(strata) if one == name])
        own = labels[rows]
        pairs = own.sum() * (1 - own).sum()
        parts.append((pairs, *obuchowski(own, [s[rows] for s in scores], [groups[r] for r in rows])))
    total = sum(part[0] for part in parts)
    areas = sum(part[0] / total * part[1] for part in parts)
    covariance = sum((part[0] / total) ** 2 * part[2] for part in parts)
    for one, (pairs, _, _, added) in enumerate(parts):
        for other, (others, _, _, more) in enumerate(parts):
            if one == other:
                continue
            for name in sorted(set(added) & set(more)):
                covariance = covariance + pairs * others / total**2 * numpy.outer(added[name], more[name])
    return areas, covariance


def clustered(name, patients, digits, mixed, across):
    labels, groups, strata = [], [], []
    for patient in range(patients):
        ill = int(random.uniform() < 0.4)
        for view in range(int(random.integers(1, 4))):
            labels.append(1 - ill if mixed and view == 1 and random.uniform() < 0.2 else ill)
            groups.append(f"p{patient}")
            moved = across and view == 1 and random.uniform() < 0.15
            strata.append(f"fold {(patient + (1 if moved else 0)) % 3 + 1}")
    labels = numpy.array(labels)
    bump = dict(zip(dict.fromkeys(groups), random.normal(size=patients)))
    common = numpy.array([bump[g] for g in groups])
    scores = [
        special.expit(gain * labels + common + random.normal(size=len(labels))).round(digits) for gain in (1.5, 1.0, 0.3)
    ]
    whole = obuchowski(labels, scores, groups)
    folds = stratified(labels, scores, groups, strata)
    return {
        "name": name,
        "labels": labels.tolist(),
        "groups": groups,
        "strata": strata,
        "scores": [one.tolist() for one in scores],
        "whole": {"areas": whole[0].tolist(), "covariance": whole[1].tolist()},
        "withinStrata": {"areas": folds[0].tolist(), "covariance": folds[1].tolist()},
    }


def welch(first, second, confidence):
    found = stats.ttest_ind(first, second, equal_var=False)
    low, high = found.confidence_interval(confidence)
    return {
        "first": list(first),
        "second": list(second),
        "confidence": confidence,
        "values": [float(v) for v in (numpy.mean(first) - numpy.mean(second), found.df, low, high, found.pvalue)],
    }


def equivalence(first, second, margin):
    """Two one-sided t-tests of independent lists with pooled variance, by statsmodels."""
    p, lower, upper = ttost_ind(first, second, -margin, margin, usevar="pooled")
    n, m = len(first), len(second)
    df = n + m - 2
    pooled = (numpy.var(first, ddof=1) * (n - 1) + numpy.var(second, ddof=1) * (m - 1)) / df
    error = math.sqrt(pooled * (1 / n + 1 / m))
    difference = numpy.mean(first) - numpy.mean(second)
    half, less = (stats.t.ppf(1 - tail, df) * error for tail in (0.025, 0.05))
    return {
        "difference": difference,
        "standardError": error,
        "degreesOfFreedom": df,
        "margin": margin,
        "p": stats.ttest_ind(first, second).pvalue,
        "equivalenceP": p,
        "nonInferiorityP": lower[1],
        "intervals": [difference - half, difference + half, difference - less, difference + less],
    }


def equivalence_normal(difference, error, margin):
    # A list of two values with this mean and standard error.
    p = max(stats.norm.sf((difference + margin) / error), stats.norm.cdf((difference - margin) / error))
    return [difference, error, margin, float(p), float(2 * stats.norm.sf(abs(difference / error)))]


def power_of(error, margin):
    """statsmodels' power of a two-sided z-test of two lists of 1000 whose difference has this standard error."""
    sigma = error / math.sqrt(2 / 1000)
    tool = NormalIndPower()
    detectable = tool.solve_power(effect_size=None, nobs1=1000, alpha=0.05, power=0.8, ratio=1) * sigma
    at_margin = tool.power(margin / sigma, 1000, 0.05, ratio=1)
    cases = tool.solve_power(effect_size=margin / sigma, nobs1=None, alpha=0.05, power=0.8, ratio=1) / 1000
    # By definition: the chance that both ends of the 90 % interval lie within the margins, around 0.
    z = stats.norm.ppf(0.95)
    both = max(0.0, stats.norm.cdf(margin / error - z) - stats.norm.cdf(-margin / error + z))
    return [error, margin, float(detectable), float(at_margin), float(cases), float(both)]


def logistic(count, columns, offset):
    features = random.normal(size=(count, columns)) * [10.0**k for k in range(columns)] + 3
    base = random.normal(size=count) if offset else None
    logit = -0.5 + sum((0.8 / 10.0**k) * (features[:, k] - 3) for k in range(columns)) + (0 if base is None else base)
    labels = (random.uniform(size=count) < special.expit(logit)).astype(int)
    design = numpy.column_stack([numpy.ones(count), features])
    fit = sm.Logit(labels, design, offset=base).fit(method="newton", tol=1e-14, maxiter=200, disp=0)
    return {
        "labels": labels.tolist(),
        "columns": features.T.tolist(),
        "offset": None if base is None else base.tolist(),
        "parameters": fit.params.tolist(),
        "errors": fit.bse.tolist(),
        "logLikelihood": float(fit.llf),
    }


def nested():
    labels = (random.uniform(size=150) < 0.4).astype(int)
    first, second = labels + random.normal(size=150), 0.5 * labels + random.normal(size=150)
    small = sm.Logit(labels, sm.add_constant(first)).fit(tol=1e-14, maxiter=200, disp=0)
    large = sm.Logit(labels, sm.add_constant(numpy.column_stack([first, second]))).fit(tol=1e-14, maxiter=200, disp=0)
    return {
        "labels": labels.tolist(),
        "first": first.tolist(),
        "second": second.tolist(),
        "p": float(stats.chi2.sf(2 * (large.llf - small.llf), 1)),
    }


def calibration():
    labels = (random.uniform(size=200) < 0.35).astype(int)
    probabilities = special.expit(2.2 * (labels - 0.4) + 1.5 * random.normal(size=200))
    logits = special.logit(probabilities)
    slope = sm.Logit(labels, sm.add_constant(logits)).fit(tol=1e-14, maxiter=200, disp=0)
    large = sm.Logit(labels, numpy.ones(200), offset=logits).fit(tol=1e-14, maxiter=200, disp=0)
    return {
        "labels": labels.tolist(),
        "probabilities": probabilities.tolist(),
        "slope": [slope.params[1], slope.bse[1]],
        "intercept": [large.params[0], large.bse[0]],
    }


def components(model, fold, seed):
    """Mean squares by statsmodels' analysis of variance of a complete table of three crossed factors."""
    rows = []
    effects = {key: random.normal(size=size) * scale for key, size, scale in (("m", model, 2), ("f", fold, 3), ("s", seed, 1))}
    pair = random.normal(size=(model, fold))
    for m in range(model):
        for f in range(fold):
            for s in range(seed):
                value = 0.9 + 0.01 * (effects["m"][m] + effects["f"][f] + effects["s"][s] + pair[m, f] + random.normal())
                rows.append({"model": f"m{m}", "fold": f"f{f}", "seed": f"s{s}", "value": value})
    table = pandas.DataFrame(rows)
    fit = smf.ols("value ~ C(model, Sum) * C(fold, Sum) * C(seed, Sum)", table).fit()
    found = sm.stats.anova_lm(fit, typ=1)
    squares = {
        name.replace("C(", "").replace(", Sum)", "").replace(":", " × "): [row["df"], row["sum_sq"] / row["df"]]
        for name, row in found.iterrows()
        if name != "Residual"
    }
    return {"rows": rows, "meanSquares": squares}


def mixed():
    """Restricted maximum likelihood of a crossed model without replicates, by statsmodels' MixedLM."""
    rows = []
    m, f = random.normal(size=8) * 0.02, random.normal(size=5) * 0.05
    for a in range(8):
        for b in range(5):
            rows.append({"model": f"m{a}", "fold": f"f{b}", "value": 0.9 + m[a] + f[b] + 0.01 * random.normal()})
    table = pandas.DataFrame(rows)
    table["all"] = 1
    # In hundredths, which its optimiser handles better.
    table["scaled"] = 100 * table["value"]
    fit = smf.mixedlm(
        "scaled ~ 1", table, groups="all", vc_formula={"model": "0 + C(model)", "fold": "0 + C(fold)"}, re_formula="0"
    ).fit(reml=True, method=["powell", "lbfgs"])
    names = fit.model.exog_vc.names
    variances = dict(zip(names, fit.vcomp / 1e4))
    return {"rows": rows, "variances": {**{k: float(v) for k, v in variances.items()}, "rest": float(fit.scale / 1e4)}}


def means():
    """Accuracies of rows in groups, with standard errors by groups, by statsmodels."""
    groups = numpy.repeat(numpy.arange(40), random.integers(1, 4, size=40))
    first, second = ((random.uniform(size=len(groups)) < share).astype(float) for share in (0.85, 0.75))
    fits = [
        sm.OLS(values, numpy.ones(len(groups))).fit(cov_type="cluster", cov_kwds={"groups": groups})
        for values in (first, second, first - second)
    ]
    return {
        "groups": [f"p{group}" for group in groups],
        "first": first.tolist(),
        "second": second.tolist(),
        "means": [float(fit.params[0]) for fit in fits[:2]],
        "variances": [float(fit.bse[0] ** 2) for fit in fits[:2]],
        "ofDifference": float(fits[2].bse[0] ** 2),
    }


print(
    json.dumps(
        {
            "clustered": [
                clustered("whole patients in folds, some with lesions of both classes", 60, 8, True, False),
                clustered("many ties", 45, 1, False, False),
                clustered("patients in two folds", 45, 3, True, True),
            ],
            "welch": [
                welch([0.91, 0.912, 0.905, 0.917], [0.9, 0.899, 0.911, 0.893, 0.902, 0.88, 0.905, 0.901], 0.95),
                welch([1.0, 2.0], [3.5, 3.7, 3.1], 0.9),
            ],
            "equivalence": [
                equivalence(random.normal(size=30), random.normal(size=25) + 0.1, 0.6),
                equivalence(random.normal(size=8), random.normal(size=8) - 1.0, 0.5),
            ],
            "equivalenceNormal": [equivalence_normal(0.002, 0.003, 0.01), equivalence_normal(-0.012, 0.004, 0.01)],
            "power": [power_of(0.004, 0.01), power_of(0.02, 0.01)],
            "logistic": [logistic(120, 2, False), logistic(90, 1, True), logistic(60, 3, False)],
            "nested": nested(),
            "calibration": calibration(),
            "components": components(4, 5, 3),
            "mixed": mixed(),
            "means": means(),
        }
    )
)
