"""scikit-learn's voting ensembles: hard and soft votes, averages, with and without weights.

Trees look at the features in random order, so only depths are used at which ten seeds agree (checked here).
"""
import numpy
from sklearn.ensemble import VotingClassifier, VotingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def make():
    generator = numpy.random.default_rng(23)
    x = generator.normal(size=(90, 3)).round(6)
    query = generator.normal(size=(60, 3)).round(6)
    y = (x[:, 0] * x[:, 1] + numpy.sin(2 * x[:, 2]) + 0.3 * generator.normal(size=90)).round(6)
    labels = numpy.array([-1, 2, 5])[numpy.digitize(y, numpy.quantile(y, [0.3, 0.7]))]

    def same(build, target, answer):
        answers = [getattr(build(seed).fit(x, target), answer)(query) for seed in range(10)]
        assert all(abs(found - answers[0]).max() < 1e-12 for found in answers), "the seed decides"

    same(lambda seed: DecisionTreeClassifier(max_depth=2, random_state=seed), labels, "predict_proba")
    same(lambda seed: DecisionTreeRegressor(max_depth=2, random_state=seed), y, "predict")
    cases = []
    for weights in (None, [3, 1, 1], [0.5, 0.25, 2], [1, 0, 1]):
        for voting in ("hard", "soft"):
            members = [
                ("tree", DecisionTreeClassifier(max_depth=2, random_state=0)),
                ("near", KNeighborsClassifier(1)),
                ("wide", KNeighborsClassifier(15)),
            ]
            model = VotingClassifier(members, voting=voting, weights=weights).fit(x, labels)
            more = {"probabilities": model.predict_proba(query)} if voting == "soft" else {}
            cases.append({"voting": voting, "weights": weights, "predictions": model.predict(query), **more})
        members = [
            ("tree", DecisionTreeRegressor(max_depth=2, random_state=0)),
            ("near", KNeighborsRegressor(3)),
            ("line", LinearRegression()),
        ]
        model = VotingRegressor(members, weights=weights).fit(x, y)
        cases.append({"voting": "mean", "weights": weights, "predictions": model.predict(query)})
    return {"voting": {"x": x, "query": query, "y": y, "labels": labels, "cases": cases}}
