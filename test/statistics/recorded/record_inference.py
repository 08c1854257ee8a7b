"""Records intervals, tests, curves and calibration from other implementations, for the tests in test/statistics.

Run it in its folder: python record_inference.py > inference.json, and format that with Prettier. Recorded with NumPy 2.4.6,
SciPy 1.17.1, scikit-learn 1.9.1 and statsmodels 0.15.0. What none of them has (DeLong, Newcombe, the corrected t-test) is
computed here from its defining formula, the slow way.
"""

import json
import math

import numpy
from scipy import special, stats
from scipy.optimize import minimize_scalar
from sklearn import metrics
from sklearn.calibration import calibration_curve
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

random = numpy.random.default_rng(7)


def kernel(labels, scores):
    """Which pairs of class 1 (rows) and class 0 (columns) are in the right order, ties a half."""
    ones, zeros = scores[labels == 1], scores[labels == 0]
    return (ones[:, None] > zeros) + 0.5 * (ones[:, None] == zeros)


def covariance(labels, several):
    """DeLong's covariance matrix of the areas of several scores, by definition."""
    kernels = [kernel(labels, scores) for scores in several]
    by_one = numpy.cov([one.mean(axis=1) for one in kernels])
    by_zero = numpy.cov([one.mean(axis=0) for one in kernels])
    return numpy.atleast_2d(by_one / (labels == 1).sum() + by_zero / (labels == 0).sum())


def delong(name, labels, first, second):
    areas = [kernel(labels, scores).mean() for scores in (first, second)]
    matrix = covariance(labels, [first, second])
    intervals = []
    for index, confidence in ((0, 0.95), (1, 0.9)):
        half = stats.norm.ppf(0.5 + confidence / 2) * math.sqrt(matrix[index, index]) / (areas[index] * (1 - areas[index]))
        intervals.append([float(special.expit(special.logit(areas[index]) + side * half)) for side in (-1, 1)])
    difference = areas[0] - areas[1]
    error = math.sqrt(matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1])
    return {
        "name": name,
        "labels": labels.tolist(),
        "first": first.tolist(),
        "second": second.tolist(),
        "areas": areas,
        "variances": [matrix[0, 0], matrix[1, 1]],
        "intervals": intervals,
        "difference": [difference, difference - stats.norm.ppf(0.975) * error, difference + stats.norm.ppf(0.975) * error],
        "z": difference / error,
        "p": 2 * stats.norm.sf(abs(difference / error)),
    }


def classes(count, share=0.35):
    labels = (random.uniform(size=count) < share).astype(int)
    labels[:4] = [0, 1, 0, 1]
    return labels


def scored(labels, gain, digits):
    return special.expit(gain * (labels - 0.5) + random.normal(size=len(labels))).round(digits)


large, tied, tiny = classes(180), classes(90), numpy.array([0, 1, 0, 1, 1])
delongs = [
    delong("180 samples", large, scored(large, 2.2, 8), scored(large, 1.4, 8)),
    delong("many ties", tied, scored(tied, 1.5, 1), scored(tied, 0.5, 1)),
    delong("five samples", tiny, numpy.array([0.1, 0.3, 0.4, 0.9, 0.8]), numpy.array([0.6, 0.2, 0.5, 0.7, 0.55])),
]


def kendall(first, second):
    tau, rho = stats.kendalltau(first, second), stats.spearmanr(first, second)
    values = [tau.statistic, tau.pvalue, rho.statistic, None if len(first) == 2 else rho.pvalue]
    return {"first": list(map(float, first)), "second": list(map(float, second)), "values": values}


pairs = random.normal(size=(40, 2)) @ [[1, 0.6], [0, 0.8]]
ranks = [
    kendall([1, 2], [3, 4]),
    kendall([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]),
    kendall([1, 2, 3, 4], [4, 3, 2, 1]),
    kendall([1, 1, 2, 2, 3], [1, 2, 2, 3, 3]),
    kendall([1, 1, 2], [1, 2, 2]),
    kendall(pairs[:33, 0], pairs[:33, 1]),
    kendall(pairs[:34, 0], pairs[:34, 1]),
    kendall(pairs[:, 0].round(), pairs[:, 1].round()),
    kendall(range(40), [1, 0, *range(2, 40)]),
    kendall(pairs[:7, 0], -pairs[:7, 1]),
]

scores = scored(large, 1.8, 2)
probabilities = scored(large, 1.8, 7)
called = probabilities >= 0.5


def curve_of(strategy):
    share, mean_probability = calibration_curve(large, probabilities, n_bins=10, strategy=strategy)
    return {"share": share.tolist(), "meanProbability": mean_probability.tolist()}


logits = 3 * special.logit(probabilities)


def loss(temperature):
    return metrics.log_loss(large, special.expit(logits / temperature))


temperature = minimize_scalar(loss, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-10}).x


def newcombe(both, only_first, only_second, neither, confidence=0.95):
    """Newcombe's method 10, as printed in the paper: theta = (f - g) / n, delta and epsilon from Wilson's limits."""
    n = both + only_first + only_second + neither
    low2, high2 = proportion_confint(both + only_first, n, 1 - confidence, "wilson")
    low3, high3 = proportion_confint(both + only_second, n, 1 - confidence, "wilson")
    dl2, du2 = (both + only_first) / n - low2, high2 - (both + only_first) / n
    dl3, du3 = (both + only_second) / n - low3, high3 - (both + only_second) / n
    scale = (both + only_first) * (only_second + neither) * (both + only_second) * (only_first + neither)
    product = both * neither - only_first * only_second
    corrected = product - n / 2 if product > n / 2 else 0 if product >= 0 else product
    phi = 0 if scale == 0 else corrected / math.sqrt(scale)
    theta = (only_first - only_second) / n
    delta = math.sqrt(dl2**2 - 2 * phi * dl2 * du3 + du3**2)
    epsilon = math.sqrt(du2**2 - 2 * phi * du2 * dl3 + dl3**2)
    return [theta, theta - delta, theta + epsilon]


def mcnemar_row(first, second):
    p = mcnemar([[5, first], [second, 7]], exact=True).pvalue
    low, high = stats.binomtest(first, first + second).proportion_ci(0.95, "exact")
    return [first, second, float(p), low / (1 - low), None if high == 1 else high / (1 - high)]


differences = numpy.array([0.021, 0.013, -0.004, 0.03, 0.008])
error = math.sqrt((1 / 5 + 30 / 120) * differences.var(ddof=1))
half = stats.t.ppf(0.975, 4) * error
centre = differences.mean()
ps = [0.01, 0.04, 0.03, 0.005, 0.04, 0.9]

# Groups of one to five rows that share much of their value.
sizes = random.integers(1, 6, 60)
groups = numpy.repeat(numpy.arange(60), sizes)
values = (random.normal(size=60)[groups] + 0.3 * random.normal(size=len(groups))).round(5)
replicates = []
for _ in range(40_000):
    drawn = random.integers(0, 60, 60)
    replicates.append(numpy.concatenate([values[groups == group] for group in drawn]).mean())

print(
    json.dumps(
        {
            "delong": delongs,
            "ranks": ranks,
            "curves": {
                "labels": large.tolist(),
                "scores": scores.tolist(),
                "roc": [one.tolist()[1:] for one in metrics.roc_curve(large, scores, drop_intermediate=False)],
                "precisionRecall": [one.tolist() for one in metrics.precision_recall_curve(large, scores)],
                "averagePrecision": metrics.average_precision_score(large, scores),
            },
            "probabilities": {
                "labels": large.tolist(),
                "probabilities": probabilities.tolist(),
                "brier": metrics.brier_score_loss(large, probabilities),
                "logLoss": metrics.log_loss(large, probabilities),
                "sureMistake": metrics.log_loss([1, 0], [0.0, 1.0]),
                "equalWidth": curve_of("uniform"),
                "equalCount": curve_of("quantile"),
                "confusion": metrics.confusion_matrix(large, called).ravel().tolist(),
                "measures": {
                    "accuracy": metrics.accuracy_score(large, called),
                    "balancedAccuracy": metrics.balanced_accuracy_score(large, called),
                    "sensitivity": metrics.recall_score(large, called),
                    "specificity": metrics.recall_score(large, called, pos_label=0),
                    "precision": metrics.precision_score(large, called),
                    "negativePredictiveValue": metrics.precision_score(large, called, pos_label=0),
                    "f1": metrics.f1_score(large, called),
                    "mcc": metrics.matthews_corrcoef(large, called),
                },
            },
            "temperature": {
                "labels": large.tolist(),
                "logits": logits.tolist(),
                "temperature": temperature,
                "lossBefore": loss(1),
                "lossAfter": loss(temperature),
            },
            "mcnemar": [mcnemar_row(*row) for row in ((3, 12), (12, 3), (5, 5), (0, 6), (6, 0), (40, 71), (1, 0), (900, 1010))],
            "resampledTTest": {
                "differences": differences.tolist(),
                "values": [centre, error, centre / error, 2 * stats.t.sf(abs(centre / error), 4), centre - half, centre + half],
            },
            "holm": {"ps": ps, "corrected": multipletests(ps, method="holm")[1].tolist()},
            "effect": {
                "cohensD": centre / differences.std(ddof=1),
                "correction": float(special.gamma(2) / (math.sqrt(2) * special.gamma(1.5))),
            },
            "newcombe": [
                [*row, *newcombe(*row)]
                for row in ((40, 12, 3, 45), (36, 12, 2, 0), (2, 13, 11, 3), (50, 0, 0, 5), (10, 0, 0, 0), (0, 9, 1, 0))
            ],
            "bootstrap": {
                "groups": groups.tolist(),
                "values": values.tolist(),
                "ends": numpy.quantile(replicates, [0.025, 0.975]).tolist(),
                "deviation": numpy.std(replicates),
            },
            "normal": [[z, 2 * stats.norm.sf(z)] for z in (0, 1e-5, 0.5, 1.96, 2.4999, 2.5001, 3, 5, 10, 35)],
            "gamma": [[x, special.gammaln(x)] for x in (0.001, 0.5, 1, 2, 3.7, 14.9, 15, 100, 1e5)],
            "beta": [
                [x, a, b, special.betainc(a, b, x)]
                for x, a, b in (
                    (0.3, 2, 5),
                    (0.01, 0.5, 0.5),
                    (0.9, 40, 2.5),
                    (0.5, 500, 480),
                    (1e-8, 3, 0.5),
                    (0.999, 12, 1.5),
                    (0.02, 50, 1000),
                )
            ],
            "betaQuantiles": [
                [p, a, b, special.betaincinv(a, b, p)]
                for p, a, b in ((0.025, 2, 5), (0.975, 1, 30), (0.025, 0.5, 0.5), (0.975, 500, 480), (1e-9, 0.3, 4))
            ],
            "student": [
                [t, df, 2 * stats.t.sf(t, df)] for t, df in ((0, 2.5), (0.3, 1), (12, 4), (2.2, 9), (1.95, 200), (1000, 3))
            ],
            "studentCritical": [
                [confidence, df, stats.t.ppf(0.5 + confidence / 2, df)]
                for confidence, df in ((0.95, 1), (0.95, 4), (0.99, 9), (0.95, 200), (0.999, 3), (0.95, 2.5))
            ],
        },
        indent=1,
    )
)
