"""Records what scikit-learn and SciPy say of Gaussian processes and of the expected improvement.

    pip install scikit-learn scipy && python test/optimise/recorded/record.py
"""

import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.stats import norm
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern

generator = np.random.default_rng(7)
cases = []
for count, columns in [(5, 1), (12, 3), (30, 6)]:
    inputs = generator.uniform(size=(count, columns))
    values = np.sin(4 * inputs[:, 0]) + generator.normal(0, 0.2, count)
    lengths = generator.uniform(0.2, 2, columns)
    signal, noise = 1.7, 0.09
    kernel = ConstantKernel(signal) * Matern(length_scale=lengths, nu=2.5)
    process = GaussianProcessRegressor(kernel, alpha=noise, optimizer=None).fit(inputs, values)
    places = generator.uniform(size=(4, columns))
    mean, covariance = process.predict(places, return_cov=True)
    cases.append(
        {
            "inputs": inputs.tolist(),
            "values": values.tolist(),
            "settings": {"lengths": lengths.tolist(), "signal": signal, "noise": noise},
            "logLikelihood": process.log_marginal_likelihood_value_,
            "places": places.tolist(),
            "means": mean.tolist(),
            "variances": np.diag(covariance).tolist(),
            "varianceOfMean": float(covariance.mean()),
        }
    )

improvements = []
for mean, variance, best in [(0.3, 0.04, 0.5), (1.2, 0.5, 0.1), (-3, 0.25, 0), (0, 1, 0), (-1.4, 0.01, 0)]:
    deviation = variance**0.5
    z = (mean - best) / deviation
    expected = (mean - best) * norm.cdf(z) + deviation * norm.pdf(z)
    improvements.append({"mean": mean, "variance": variance, "best": best, "expected": float(expected)})

recorded = {
    "versions": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__},
    "processes": cases,
    "improvements": improvements,
}
pathlib.Path(__file__).with_name("values.json").write_text(json.dumps(recorded, indent=1) + "\n")
