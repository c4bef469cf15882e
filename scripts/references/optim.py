"""40 steps of every optimizer on recorded noisy gradients, over a grid of options, in float64.

PyTorch computes what it has. NAdam (wrong in PyTorch 1.13), the original RAdam, AdamP, SGDP and the look-ahead form of Nesterov's
gradient are written here in NumPy from the papers' algorithms and the authors' programs.
"""
import math

import numpy as np
import torch

STEPS = 40
DECAY = {"weightDecay": 0.05}

# Our option names. Every option of every class is off its default at least once, together with weight decay.
PYTORCH = {
    "adagrad": (torch.optim.Adagrad, [
        {},
        {"learningRate": 0.1, **DECAY},
        {"learningRate": 0.1, "learningRateDecay": 0.02, "initialAccumulator": 0.5, "eps": 1e-3, **DECAY},
    ]),
    "adadelta": (torch.optim.Adadelta, [
        {},
        {"learningRate": 0.5, "rho": 0.7, "eps": 1e-3, **DECAY},
    ]),
    "rmsprop": (torch.optim.RMSprop, [
        {},
        {"learningRate": 0.02, **DECAY},
        {"learningRate": 0.02, "alpha": 0.9, "eps": 1e-3, "momentum": 0.8, **DECAY},
        {"learningRate": 0.02, "centered": True, "eps": 1e-2, **DECAY},
        {"learningRate": 0.02, "alpha": 0.8, "centered": True, "momentum": 0.5, "eps": 1e-2, **DECAY},
    ]),
    "adamw": (torch.optim.AdamW, [
        {},
        {"learningRate": 0.05, "weightDecay": 0.3},
        {"learningRate": 0.05, "beta1": 0.5, "beta2": 0.9, "eps": 1e-3, "amsgrad": True, "weightDecay": 0.1},
        {"learningRate": 0.05, "weightDecay": 0},
    ]),
    "adamax": (torch.optim.Adamax, [
        {},
        {"learningRate": 0.05, "beta1": 0.7, "beta2": 0.9, "eps": 1e-2, **DECAY},
    ]),
    "radam": (torch.optim.RAdam, [
        {},
        {"learningRate": 0.05, "beta1": 0.8, "beta2": 0.9, "eps": 1e-2, **DECAY},
        # With this beta2 the step never adapts.
        {"learningRate": 0.05, "beta2": 0.6},
    ]),
}
NAMES = {
    "learningRate": "lr", "weightDecay": "weight_decay", "learningRateDecay": "lr_decay",
    "initialAccumulator": "initial_accumulator_value",
}


def torch_options(options):
    result = {NAMES.get(k, k): v for k, v in options.items() if k not in ("beta1", "beta2")}
    if "beta1" in options or "beta2" in options:
        result["betas"] = (options.get("beta1", 0.9), options.get("beta2", 0.999))
    return result


def torch_trace(make, options, start, tape, groups=None):
    """Parameters after each step; with `groups` one group a parameter, each with options of its own."""
    parameters = [value.clone().requires_grad_() for value in start]
    given = parameters if groups is None else [
        {"params": [p], **torch_options(own)} for p, own in zip(parameters, groups)
    ]
    optimizer = make(given, **torch_options(options))
    after = []
    for gradients in tape:
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient.clone()
        optimizer.step()
        after.append([parameter.detach().flatten().tolist() for parameter in parameters])
    return after


# From here on: one step of one parameter, s is its state, t counts from 1.

def nadam(p, g, s, t, lr=2e-3, b1=0.9, b2=0.999, eps=1e-8, psi=4e-3, decay=0.0):
    """Dozat 2016 with PyTorch's schedule of mu; the product is multiplied once a step."""
    g = g + decay * p
    mu, mu_next = (b1 * (1 - 0.5 * 0.96 ** (k * psi)) for k in (t, t + 1))
    s["product"] = s.get("product", 1.0) * mu
    s["m"] = b1 * s.get("m", 0) + (1 - b1) * g
    s["v"] = b2 * s.get("v", 0) + (1 - b2) * g * g
    den = np.sqrt(s["v"] / (1 - b2 ** t)) + eps
    p = p - lr * (1 - mu) / (1 - s["product"]) * g / den
    return p - lr * mu_next / (1 - s["product"] * mu_next) * s["m"] / den


def radam_original(p, g, s, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8, decay=0.0):
    """Liu et al. 2020, as their program does it: nothing happens while rho < 5."""
    s["m"] = b1 * s.get("m", 0) + (1 - b1) * g
    s["v"] = b2 * s.get("v", 0) + (1 - b2) * g * g
    rho_max = 2 / (1 - b2) - 1
    rho = rho_max - 2 * t * b2 ** t / (1 - b2 ** t)
    if rho < 5:
        return p
    size = math.sqrt((1 - b2 ** t) * (rho - 4) / (rho_max - 4) * (rho - 2) / rho * rho_max / (rho_max - 2))
    p = p - decay * lr * p
    return p - lr * size / (1 - b1 ** t) * s["m"] / (np.sqrt(s["v"]) + eps)


def projected(p, g, d, delta, ratio, eps):
    """The projection of Heo et al. 2021: direction and factor of the decay."""
    if p.ndim > 1:
        for rows in (p.shape[0], 1):
            P, G, D = (x.reshape(rows, -1) for x in (p, g, d))
            cosine = np.abs((P * G).sum(1)) / (np.linalg.norm(P, axis=1) + eps) / (np.linalg.norm(G, axis=1) + eps)
            if cosine.max() < delta / math.sqrt(P.shape[1]):
                unit = P / (np.linalg.norm(P, axis=1) + eps)[:, None]
                return (D - unit * (unit * D).sum(1)[:, None]).reshape(p.shape), ratio
    return d, 1.0


def adamp(p, g, s, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8, decay=0.0, delta=0.1, ratio=0.1, nesterov=False):
    s["m"] = b1 * s.get("m", 0) + (1 - b1) * g
    s["v"] = b2 * s.get("v", 0) + (1 - b2) * g * g
    den = np.sqrt(s["v"]) / math.sqrt(1 - b2 ** t) + eps
    d = ((b1 * s["m"] + (1 - b1) * g) if nesterov else s["m"]) / den
    d, factor = projected(p, g, d, delta, ratio, eps)
    s["projected"] = s.get("projected", 0) + (factor != 1.0)
    return p * (1 - lr * decay * factor) - lr / (1 - b1 ** t) * d


def sgdp(p, g, s, t, lr, mu=0.0, tau=0.0, nesterov=False, decay=0.0, eps=1e-8, delta=0.1, ratio=0.1):
    s["b"] = mu * s.get("b", 0) + (1 - tau) * g
    d = g + mu * s["b"] if nesterov else s["b"]
    d, factor = projected(p, g, d, delta, ratio, eps)
    s["projected"] = s.get("projected", 0) + (factor != 1.0)
    return p * (1 - lr * decay * factor / (1 - mu)) - lr * d


SHORT = {
    "learningRate": "lr", "beta1": "b1", "beta2": "b2", "momentumDecay": "psi", "weightDecay": "decay",
    "weightDecayRatio": "ratio", "momentum": "mu", "dampening": "tau",
}
NUMPY = {
    "nadam": (nadam, [
        {},
        {"learningRate": 0.05, "beta1": 0.8, "beta2": 0.9, "eps": 1e-3, "momentumDecay": 0.1, **DECAY},
    ]),
    "radamOriginal": (radam_original, [
        {},
        {"learningRate": 0.05, "beta1": 0.8, "beta2": 0.9, "eps": 1e-2, **DECAY},
    ]),
    "adamp": (adamp, [
        {},
        {"learningRate": 0.05, **DECAY},
        {"learningRate": 0.05, "delta": 1.2, "weightDecayRatio": 0.3, **DECAY},
        {"learningRate": 0.05, "delta": 0.7, "nesterov": True, "beta1": 0.8, "beta2": 0.9, "eps": 1e-3, **DECAY},
    ]),
    "sgdp": (sgdp, [
        {"learningRate": 0.05},
        {"learningRate": 0.05, "momentum": 0.8, **DECAY},
        {"learningRate": 0.05, "momentum": 0.8, "dampening": 0.4, "delta": 1.2, "weightDecayRatio": 0.3, **DECAY},
        {"learningRate": 0.05, "momentum": 0.8, "nesterov": True, "delta": 0.7, "eps": 1e-3, **DECAY},
    ]),
}


def numpy_trace(step, options, start, tape, groups=None):
    parameters = [value.numpy() for value in start]
    states = [{} for _ in start]
    own = groups or [{} for _ in start]
    after = []
    for t, gradients in enumerate(tape, 1):
        for i, gradient in enumerate(gradients):
            settings = {SHORT.get(k, k): v for k, v in {**options, **own[i]}.items()}
            parameters[i] = step(parameters[i], gradient.numpy(), states[i], t, **settings)
        after.append([p.flatten().tolist() for p in parameters])
    return after, [s.get("projected", 0) for s in states]


def lookahead_trace(options, start, curvature):
    """Nesterov's gradient on sum of curvature * w^2 / 2: v <- mu v + g(w - lr mu v); w <- w - lr v."""
    w, v = start.numpy(), np.zeros(start.shape)
    lr, mu, decay = options["learningRate"], options["momentum"], options.get("weightDecay", 0)
    after = []
    for _ in range(STEPS):
        ahead = w - lr * mu * v
        v = mu * v + curvature.numpy() * ahead + decay * ahead
        w = w - lr * v
        after.append(w.tolist())
    return after


def make():
    generator = torch.Generator().manual_seed(11)
    start = [torch.linspace(-1, 2, 12).reshape(3, 4), torch.linspace(2, -1, 5)]
    tape = [
        [value * 0.5 + torch.randn(value.shape, generator=generator) * (1 + step / 10) for value in start]
        for step in range(STEPS)
    ]
    # Every third gradient of the matrix is orthogonal to where it started, in each row: AdamP and SGDP see both cases.
    for gradients in tape[::3]:
        unit = start[0] / start[0].norm(dim=1, keepdim=True)
        gradients[0] = gradients[0] - unit * (unit * gradients[0]).sum(1, keepdim=True)
    common = {"start": start, "shapes": [list(value.shape) for value in start], "tape": tape}
    payloads = {"tape": common}
    groups = [{"learningRate": 0.03, "weightDecay": 0.2}, {"learningRate": 0.01}]
    for name, (cls, grid) in PYTORCH.items():
        cases = [{"options": options, "after": torch_trace(cls, options, start, tape)} for options in grid]
        own = {**grid[1]}
        cases.append({"options": own, "groups": groups, "after": torch_trace(cls, own, start, tape, groups)})
        payloads[name] = {"cases": cases}
    for name, (step, grid) in NUMPY.items():
        cases = []
        for options, own in [(options, None) for options in grid] + [(grid[1], groups)]:
            after, count = numpy_trace(step, options, start, tape, own)
            cases.append({"options": options, "after": after, "projected": count, **({"groups": own} if own else {})})
        payloads[name] = {"cases": cases}
    curvature = torch.tensor([1.0, 10.0, 3.0])
    grid = [{"learningRate": 0.05, "momentum": 0.9}, {"learningRate": 0.05, "momentum": 0.5, "weightDecay": 0.3}]
    begin = torch.tensor([1.0, 1.0, -2.0])
    payloads["nagLookahead"] = {
        "start": begin,
        "curvature": curvature,
        "cases": [{"options": options, "after": lookahead_trace(options, begin, curvature)} for options in grid],
    }
    return payloads
