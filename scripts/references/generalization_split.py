"""Index sets of scikit-learn's deterministic splitters, options mixed."""
import itertools
import warnings

import numpy
from sklearn import model_selection as ms


def pairs(splits):
    return [{"train": train, "test": test} for train, test in splits]


def make():
    warnings.simplefilter("ignore")
    generator = numpy.random.default_rng(7)
    cases = []

    def add(splitter, arguments, options, splits):
        cases.append({"splitter": splitter, "data": arguments, "options": options, "splits": pairs(splits)})

    for n, k in [(10, 3), (12, 4), (5, 5), (17, 2), (23, 7)]:
        add("kFold", n, {"nSplits": k}, ms.KFold(k).split(numpy.zeros(n)))
    for n in (2, 7):
        add("leaveOneOut", n, {}, ms.LeaveOneOut().split(numpy.zeros(n)))
    labelings = [[0] * 6 + [1] * 4, ["b", "a", "b", "a", "c", "c", "b", "a", "c"]]
    labelings += [generator.integers(0, classes, n).tolist() for n, classes in [(40, 3), (61, 4), (100, 2)]]
    for labels in labelings:
        smallest = min(labels.count(c) for c in set(labels))
        for k in {2, 3, 5} & set(range(2, smallest + 1)):
            add("stratifiedKFold", labels, {"nSplits": k}, ms.StratifiedKFold(k).split(numpy.zeros(len(labels)), labels))
    rare = [0] * 9 + [1] * 2
    options = {"nSplits": 3, "allowSmallClasses": True}
    add("stratifiedKFold", rare, options, ms.StratifiedKFold(3).split(numpy.zeros(11), rare))
    groupings = [[0, 0, 0, 1, 1, 2, 2, 2, 2, 3], list("ccabbbddda")]
    # many groups of equal size: the order of ties is NumPy's introsort
    for count in (16, 17, 18, 33, 40, 100, 257):
        groupings.append(sorted(list(range(count)) * 2))
        groupings.append(generator.integers(0, count, 5 * count).tolist())
    for groups in groupings:
        for k in (2, 3):
            add("groupKFold", groups, {"nSplits": k}, ms.GroupKFold(k).split(numpy.zeros(len(groups)), groups=groups))
    for n, k, size, gap, most in itertools.product((13, 31), (2, 3), (None, 2), (0, 1, 3), (None, 4)):
        options = {"nSplits": k, "gap": gap}
        if size is not None:
            options["testSize"] = size
        if most is not None:
            options["maxTrainSize"] = most
        splitter = ms.TimeSeriesSplit(k, test_size=size, gap=gap, max_train_size=most)
        add("timeSeriesSplit", n, options, splitter.split(numpy.zeros(n)))
    return {"splits": {"cases": cases}}
