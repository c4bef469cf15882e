"""Writes the reference values that the tests compare with: test/reference/<area>/<name>.json.

Usage: python3 scripts/make_references.py [area ...]      (all areas when none is named)

Each scripts/references/<area>.py has a function make() that returns {name: payload}. A payload is plain JSON data;
this program adds the versions of the libraries that computed it. Needs PyTorch, scikit-learn and NumPy
(on Debian: apt-get install python3-torch python3-sklearn).
"""
import importlib
import json
import pathlib
import sys

import numpy
import sklearn
import torch

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "test" / "reference"


def versions():
    return {
        "python": sys.version.split()[0],
        "torch": torch.__version__.split("+")[0],
        "sklearn": sklearn.__version__,
        "numpy": numpy.__version__,
    }


def plain(value):
    """Tensors and arrays as nested lists; NaN and infinities as strings, which JSON lacks."""
    if isinstance(value, torch.Tensor):
        value = value.detach().numpy()
    if isinstance(value, numpy.ndarray):
        value = value.tolist()
    if isinstance(value, numpy.generic):
        value = value.item()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return "NaN" if value != value else ("Infinity" if value > 0 else "-Infinity")
    return value


def main(areas):
    sys.path.insert(0, str(HERE))
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    names = areas or sorted(p.stem for p in (HERE / "references").glob("*.py") if p.stem != "__init__")
    for area in names:
        torch.manual_seed(0)
        numpy.random.seed(0)
        made = importlib.import_module(f"references.{area}").make()
        folder = OUT / area
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.json"):
            old.unlink()
        for name, payload in made.items():
            text = json.dumps({"versions": versions(), **plain(payload)}, indent=None, separators=(",", ":"))
            (folder / f"{name}.json").write_text(text + "\n")
        print(f"{area}: {len(made)} files")


main(sys.argv[1:])
