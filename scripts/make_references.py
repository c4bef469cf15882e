"""Writes the reference values that the tests compare with: test/reference/<area>/<name>.json.

Usage: python3 scripts/make_references.py [--check] [area ...]      (all areas when none is named)

With --check nothing is written: the values are computed again and compared with the committed ones. Processors differ
in the last bits of a sum, so numbers may differ by 1e-11 relative to the largest number of their list; all else must be equal.

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


def differs(old, new, scale=0.0):
    """Where two payloads differ, as a path, or None."""
    if isinstance(old, dict) and isinstance(new, dict):
        if old.keys() != new.keys():
            return f": keys {sorted(old.keys() ^ new.keys())}"
        pairs = [(key, old[key], new[key]) for key in old]
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return f": length {len(old)} and {len(new)}"
        numbers = [abs(x) for x in old if isinstance(x, (int, float))]
        scale = max([scale, *numbers])
        pairs = [(i, a, b) for i, (a, b) in enumerate(zip(old, new))]
    elif isinstance(old, float) and isinstance(new, (int, float)):
        return None if abs(old - new) <= 1e-11 * max(abs(old), scale) + 1e-15 else f": {old} and {new}"
    else:
        return None if old == new else f": {old!r} and {new!r}"
    for key, a, b in pairs:
        inner = differs(a, b, scale)
        if inner:
            return f"/{key}{inner}"
    return None


def check(area, made):
    """Compares one area with its committed files; returns the differences found."""
    folder = OUT / area
    found = []
    committed = {path.stem for path in folder.glob("*.json")}
    for name in sorted(committed ^ made.keys()):
        found.append(f"{area}/{name}: {'is not made by the script' if name in committed else 'is not committed'}")
    for name in sorted(committed & made.keys()):
        old = json.loads((folder / f"{name}.json").read_text())
        old.pop("versions")
        where = differs(old, json.loads(json.dumps(plain(made[name]))))
        if where:
            found.append(f"{area}/{name}{where}")
    return found


def main(areas):
    checking = "--check" in areas
    areas = [area for area in areas if area != "--check"]
    differences = []
    sys.path.insert(0, str(HERE))
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    names = areas or sorted(p.stem for p in (HERE / "references").glob("*.py") if p.stem != "__init__")
    for area in names:
        torch.manual_seed(0)
        numpy.random.seed(0)
        made = importlib.import_module(f"references.{area}").make()
        if checking:
            differences += check(area, made)
            continue
        folder = OUT / area
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.json"):
            old.unlink()
        for name, payload in made.items():
            text = json.dumps({"versions": versions(), **plain(payload)}, indent=None, separators=(",", ":"))
            (folder / f"{name}.json").write_text(text + "\n")
        print(f"{area}: {len(made)} files")
    if checking:
        print("\n".join(differences) if differences else f"{len(names)} areas: the committed references are reproduced")
    return 1 if differences else 0


sys.exit(main(sys.argv[1:]))
