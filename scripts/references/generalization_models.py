"""Predictions of scikit-learn's models where no random draw decides: shallow trees, SAMME, boosting, ridge, neighbours.

scikit-learn's trees look at the features in random order, so equal cuts of two features are decided by the seed. A tree
case is kept only when ten seeds agree.
"""
import warnings

import numpy
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def make():
    warnings.simplefilter("ignore")
    generator = numpy.random.default_rng(11)
    x = generator.normal(size=(120, 4)).round(6)
    query = generator.normal(size=(40, 4)).round(6)
    y = (x[:, 0] * numpy.sin(2 * x[:, 1]) + x[:, 2] ** 2 + 0.1 * generator.normal(size=120)).round(6)
    two = (y > numpy.median(y)).astype(int) * 3 - 1
    three = numpy.digitize(y, numpy.quantile(y, [0.3, 0.7]))
    cases = []

    def add(model, options, target, fitted, **more):
        cases.append({"model": model, "options": options, "y": target, "predictions": fitted.predict(query), **more})

    def decided(build, target):
        """The fitted model, or None when the seed changes its predictions."""
        models = [build(seed).fit(x, target) for seed in range(10)]
        first = models[0].predict(query)
        agree = all(abs(model.predict(query) - first).max() < 1e-9 for model in models)
        if agree and hasattr(models[0], "predict_proba"):
            shares = models[0].predict_proba(query)
            agree = all(abs(model.predict_proba(query) - shares).max() < 1e-9 for model in models)
        return models[0] if agree else None

    for depth, leaf, split in [(1, 1, 2), (2, 1, 2), (3, 1, 2), (3, 7, 2), (4, 5, 20), (6, 9, 2)]:
        options = {"maxDepth": depth, "minSamplesLeaf": leaf, "minSamplesSplit": split}
        keys = {"max_depth": depth, "min_samples_leaf": leaf, "min_samples_split": split}
        for cls, target in [(DecisionTreeRegressor, y), (DecisionTreeClassifier, two), (DecisionTreeClassifier, three)]:
            fitted = decided(lambda seed: cls(**keys, random_state=seed), target)
            if fitted is not None:
                more = {} if cls is DecisionTreeRegressor else {"probabilities": fitted.predict_proba(query)}
                add(cls.__name__, options, target, fitted, **more)
    for rounds, rate, depth in [(1, 0.1, 3), (30, 0.1, 2), (60, 0.5, 1), (12, 0.3, 3), (100, 0.1, 3)]:
        keys = {"n_estimators": rounds, "learning_rate": rate, "max_depth": depth}
        fitted = decided(lambda seed: GradientBoostingRegressor(**keys, random_state=seed), y)
        if fitted is not None:
            options = {"nEstimators": rounds, "learningRate": rate, "maxDepth": depth}
            staged = list(fitted.staged_predict(query))[: min(rounds, 3)]
            add("GradientBoostingRegressor", options, y, fitted, staged=staged)
    for rounds, rate, depth, labels in [(10, 1.0, 1, two), (50, 0.5, 1, two), (20, 1.0, 1, three), (8, 1.0, 2, three)]:
        base = DecisionTreeClassifier(max_depth=depth, random_state=0)
        fitted = AdaBoostClassifier(
            base_estimator=base, n_estimators=rounds, learning_rate=rate, algorithm="SAMME", random_state=0
        ).fit(x, labels)
        options = {"nEstimators": rounds, "learningRate": rate, "maxDepth": depth}
        extra = {"estimatorWeights": fitted.estimator_weights_, "estimatorErrors": fitted.estimator_errors_}
        add("AdaBoostClassifier", options, labels, fitted, **extra)
    for degree, penalty in [(1, 0.5), (2, 0.01), (3, 2.0)]:
        fitted = make_pipeline(PolynomialFeatures(degree, include_bias=False), Ridge(penalty, solver="svd")).fit(x, y)
        add("PolynomialRegression", {"degree": degree, "ridge": penalty}, y, fitted)
    for degree in (0, 1, 2):
        fitted = make_pipeline(PolynomialFeatures(degree), Ridge(1e-14, solver="svd")).fit(x, y)
        add("PolynomialRegression", {"degree": degree}, y, fitted)
    for k in (1, 5, 20):
        add("KNearestNeighbors", {"k": k}, y, KNeighborsRegressor(k).fit(x, y))
        add("KNearestNeighbors", {"k": k, "task": "classification"}, three, KNeighborsClassifier(k).fit(x, three))
    line = numpy.linspace(0, 1, 30)[:, None]
    curve = (numpy.sin(2 * numpy.pi * line[:, 0]) + 0.2 * generator.normal(size=30)).round(6)
    grid = numpy.linspace(0, 1, 25)
    chebyshev = [
        {"degree": d, "predictions": numpy.polynomial.Chebyshev.fit(line[:, 0], curve, d)(grid)} for d in range(0, 16, 3)
    ]
    return {"models": {"x": x, "query": query, "cases": cases, "line": line, "curve": curve, "grid": grid, "chebyshev": chebyshev}}
