"""Records net benefits by the package dcurves, for the test in test/statistics/net-benefit.test.ts.

Run it in its folder: python record_benefit.py > benefit.json, and format that with Prettier. Recorded with dcurves 1.1.7, NumPy 2.4.6
and pandas 2.3.3.
"""

import json

import numpy
import pandas
from dcurves import dca

random = numpy.random.default_rng(26)
count = 150
labels = (random.random(count) < 0.35).astype(int)
probabilities = numpy.round(1 / (1 + numpy.exp(-(1.6 * labels - 1.0 + random.normal(size=count)))), 6)
thresholds = [0.02, 0.1, 0.25, 0.5, 0.8]
frame = pandas.DataFrame({"label": labels, "model": probabilities})


def benefits(**prevalence):
    found = dca(data=frame, outcome="label", modelnames=["model"], thresholds=thresholds, **prevalence)
    of = lambda name: found[found["model"] == name].sort_values("threshold")["net_benefit"].tolist()
    return {"model": of("model"), "all": of("all"), "none": of("none")}


print(
    json.dumps(
        {
            "labels": labels.tolist(),
            "probabilities": probabilities.tolist(),
            "thresholds": thresholds,
            "ofTheSet": benefits(),
            "prevalence": 0.1,
            "atPrevalence": benefits(prevalence=0.1),
        }
    )
)
