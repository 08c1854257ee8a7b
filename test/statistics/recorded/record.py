"""Records what NumPy, SciPy and scikit-learn compute, for the tests in test/statistics.

Run it in its folder: python record.py > values.json. Recorded with NumPy 2.4.6, SciPy 1.17.1 and scikit-learn 1.9.1.
"""

import json

import numpy
from scipy.stats import binomtest, norm, pearsonr
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

random = numpy.random.default_rng(1)


def regression(name, features, labels, strength, weights=None):
    """Fits with scikit-learn, far below its usual tolerance."""
    scaler = StandardScaler().fit(features, sample_weight=weights)
    model = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    model.fit(scaler.transform(features), labels, sample_weight=weights)
    return {
        "name": name,
        "features": features.tolist(),
        "labels": labels.tolist(),
        "weights": None if weights is None else weights.tolist(),
        "C": None if numpy.isinf(strength) else strength,
        "standardisedCoefficients": model.coef_[0].tolist(),
        "probabilities": model.predict_proba(scaler.transform(features))[:, 1].tolist(),
    }


# Columns in very different units.
plain = (random.normal(size=(60, 3)) * [1, 250, 1e-4] + [0, 1000, 5]).round(7)
labels = (plain @ [1.2, 0.004, -3000] + random.normal(size=60) > 4 - 15000).astype(int)
constant = numpy.column_stack([plain[:, 0], numpy.full(60, 0.1), plain[:, 1]])
collinear = numpy.column_stack([plain[:, 0], plain[:, 1], 3 * plain[:, 0] - 2 * plain[:, 1] / 250])
separable = numpy.column_stack([plain[:, 0], labels * 4.0 + plain[:, 0]])
weights = random.uniform(0.2, 3, 60).round(3)

regressions = [
    regression("C = 1", plain, labels, 1.0),
    regression("C = 0.01", plain, labels, 0.01),
    regression("no penalty", plain, labels, numpy.inf),
    regression("weights", plain, labels, 1.0, weights),
    regression("weights, no penalty", plain, labels, numpy.inf, weights),
    regression("a constant column", constant, labels, 1.0),
    regression("columns that depend on each other", collinear, labels, 1.0),
    regression("separable", separable, labels, 1.0),
]

folds = numpy.arange(60) * 7 % 5
probabilities = numpy.zeros(60)
for fold in range(5):
    scaler = StandardScaler().fit(plain[folds != fold])
    model = LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=1000)
    model.fit(scaler.transform(plain[folds != fold]), labels[folds != fold])
    probabilities[folds == fold] = model.predict_proba(scaler.transform(plain[folds == fold]))[:, 1]
accuracies = [accuracy_score(labels[folds == fold], probabilities[folds == fold] > 0.5) for fold in range(5)]
areas = [roc_auc_score(labels[folds == fold], probabilities[folds == fold]) for fold in range(5)]

scores = random.integers(0, 6, 80) / 5
classes = (random.uniform(size=80) < 0.2 + 0.6 * scores).astype(int)
values = random.normal(3, 2, 37).round(5)
others = (values + random.normal(size=37)).round(5)
shares = [0, 0.05, 0.25, 1 / 3, 0.5, 0.975, 1]
counts = [(0, 10), (1, 10), (10, 10), (135, 156), (421, 524), (1, 1)]

print(
    json.dumps(
        {
            "regressions": regressions,
            "crossValidation": {
                "folds": folds.tolist(),
                "probabilities": probabilities.tolist(),
                "accuracies": accuracies,
                "areas": areas,
                "accuracy": [numpy.mean(accuracies), numpy.std(accuracies)],
                "area": [numpy.mean(areas), numpy.std(areas)],
            },
            "area": {"scores": scores.tolist(), "labels": classes.tolist(), "area": roc_auc_score(classes, scores)},
            "summary": {
                "values": values.tolist(),
                "others": others.tolist(),
                "mean": numpy.mean(values),
                "deviations": [numpy.std(values), numpy.std(values, ddof=1)],
                "median": numpy.median(values),
                "quantiles": [[share, numpy.quantile(values, share)] for share in shares],
                "correlation": pearsonr(values, others).statistic,
            },
            "wilson": [
                [successes, trials, confidence, *binomtest(successes, trials).proportion_ci(confidence, "wilson")]
                for successes, trials in counts
                for confidence in (0.95, 0.99)
            ],
            "normal": [[share, norm.ppf(share)] for share in (1e-300, 1e-9, 0.01, 0.075, 0.3, 0.5, 0.926, 0.975, 1 - 1e-9)],
        },
        indent=1,
    )
)
