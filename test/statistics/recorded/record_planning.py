"""Records what a study can find before anything is trained, from another implementation, for the tests in test/statistics.

Run it in its folder: python record_planning.py > planning.json, and format that with Prettier. Recorded with NumPy 2.4.6 and SciPy 1.17.1.
The variance of areas under the binormal model is summed here over all pairs of pairs of cases, with SciPy's normal distributions.
"""

import itertools
import json
import math

from scipy import integrate, stats


def both_below(first, second, correlation):
    """By the conditional distribution, integrated: another way than the library's."""
    inside = lambda x: stats.norm.pdf(x) * stats.norm.cdf((second - correlation * x) / math.sqrt(1 - correlation**2))
    places = [place for place in (second / correlation if correlation else 0, 0, first - 0.5) if -12 < place < first]
    return integrate.quad(inside, -12, first, epsabs=1e-15, epsrel=1e-13, limit=400, points=places or None)[0]


def planned(strata, area, correlation):
    bound = stats.norm.ppf(area)
    pairs = sum(ones * zeros for ones, zeros in strata)
    # How two differences of scores correlate, by which cases they share and whether the scores are of one model.
    known = {}

    def together(same_one, same_zero, same_model):
        key = (same_one, same_zero, same_model)
        if key not in known:
            shared = (same_one + same_zero) / 2 * (1 if same_model else correlation)
            chance = area if shared == 1 else both_below(bound, bound, shared) if shared else area**2
            known[key] = chance - area**2
        return known[key]

    def over(same_model):
        total = 0.0
        for ones, zeros in strata:
            for (a, b), (c, d) in itertools.product(itertools.product(range(ones), range(zeros)), repeat=2):
                total += together(a == c, b == d, same_model)
        return total / pairs**2

    variance, covariance = over(True), over(False)
    return [math.sqrt(variance), math.sqrt(2 * (variance - covariance)), covariance / variance]


bounds = [(0, 0, 0.5), (1.4, 1.4, 0.9), (1.4, 1.4, 0.45), (-0.3, 2.1, -0.7), (2.5, 2.5, 0.98), (-1.2, -0.9, 0.3), (0.8, -2, 0.0)]
plans = [
    ([(6, 11), (5, 12), (7, 9)], 0.92, 0.9),
    ([(8, 14)], 0.75, 0.0),
    ([(4, 9), (0, 7), (9, 5)], 0.83, 0.6),
]
print(
    json.dumps(
        {
            "bivariateNormal": [[*one, both_below(*one)] for one in bounds],
            "areas": [
                {
                    "strata": [{"ones": ones, "zeros": zeros} for ones, zeros in strata],
                    "area": area,
                    "correlation": correlation,
                    "values": planned(strata, area, correlation),
                }
                for strata, area, correlation in plans
            ],
        }
    )
)
