"""Coefficients of src/engine/emit/vectorMath.ts: run it and compare what it prints with the tables there.

Each function is approximated on a reduced range by a polynomial (or a quotient of two) whose relative error is nearly
minimax: weighted least squares at Chebyshev points, reweighted until the error is level (Lawson 1961).
Needs numpy and scipy.
"""

import numpy as np
from scipy import special


def lawson(basis, target, weight, rounds=60):
    """Coefficients c that make weight * (basis @ c - target) small in the maximum norm."""
    w = np.ones(len(target))
    for _ in range(rounds):
        scale = np.sqrt(w) * weight
        c, *_ = np.linalg.lstsq(basis * scale[:, None], target * scale, rcond=None)
        error = np.abs(weight * (basis @ c - target))
        w = w * (error + 1e-30)
        w = w / w.sum()
    return c, error.max()


def nodes(low, high, n=2000):
    return (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(n) + 0.5) / n)


def powers(x, n):
    return np.stack([x**i for i in range(n)], axis=1)


def show(name, coefficients, error):
    print(f"{name}  relative error {error:.1e}")
    print("  " + ", ".join(f"{np.float32(c):.9g}" for c in coefficients))


# exp(r) = 1 + r + r^2 P(r) on |r| <= log(2) / 2
r = nodes(-0.3467, 0.3467)
show("exp P", *lawson(powers(r, 5), (np.expm1(r) - r) / r**2, r**2 / np.exp(r)))

# log(1 + f) = f - f^2 / 2 + f^3 P(f) on 1 + f in [sqrt(1/2), sqrt(2)]
f = nodes(np.sqrt(0.5) - 1, np.sqrt(2) - 1)
f = f[np.abs(f) > 1e-3]
show("log P", *lawson(powers(f, 9), (np.log1p(f) - f + f * f / 2) / f**3, np.abs(f**3 / np.log1p(f))))

# tanh(x) = x P(x^2) / Q(x^2) on |x| <= 9, Q(0) = 1: linear in P and Q when multiplied out, repeated with 1/Q as weight
x = nodes(1e-3, 9.0)
u, target = x * x, np.tanh(x) / x
nP, nQ = 6, 4
q = np.ones_like(x)
for _ in range(40):
    basis = np.concatenate([powers(u, nP), -(target[:, None] * powers(u, nQ)[:, 1:])], axis=1)
    scale = np.array([9.0 ** (2 * i) for i in range(nP)] + [9.0 ** (2 * i) for i in range(1, nQ)])
    c, error = lawson(basis / scale, target, 1 / (target * q), rounds=15)
    c = c / scale
    q = powers(u, nQ) @ np.concatenate([[1], c[nP:]])
show("tanh P", c[:nP], error)
show("tanh Q", np.concatenate([[1], c[nP:]]), error)

# erfc(z) = exp(-z^2) t P(t), t = 1 / (1 + z / 2), 0 <= z <= 10
z = nodes(0, 10.0)
t = 1 / (1 + z / 2)
value = special.erfcx(z)
show("erfc P", *lawson(powers(t, 10) * t[:, None], value, 1 / value))
