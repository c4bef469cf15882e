"""Learning rate (and momentum) of 30 steps under PyTorch's schedules; the base rate is 0.8."""
import torch
from torch.optim import lr_scheduler as S

BASE = 0.8

# name of ours, our options, the same in PyTorch, base rate
CASES = [
    ("constant", {}, lambda o: S.ConstantLR(o), BASE),
    ("constant", {"factor": 0.25, "steps": 7}, lambda o: S.ConstantLR(o, 0.25, 7), BASE),
    ("step", {"stepSize": 6}, lambda o: S.StepLR(o, 6), BASE),
    ("step", {"stepSize": 4, "gamma": 0.5}, lambda o: S.StepLR(o, 4, 0.5), BASE),
    ("multiStep", {"milestones": [3, 11, 20], "gamma": 0.3}, lambda o: S.MultiStepLR(o, [3, 11, 20], 0.3), BASE),
    ("exponential", {"gamma": 0.9}, lambda o: S.ExponentialLR(o, 0.9), BASE),
    ("polynomial", {}, lambda o: S.PolynomialLR(o), BASE),
    ("polynomial", {"steps": 20, "power": 2.5}, lambda o: S.PolynomialLR(o, 20, 2.5), BASE),
    ("linearWarmup", {}, lambda o: S.LinearLR(o), BASE),
    ("linearWarmup", {"startFactor": 0.1, "steps": 12}, lambda o: S.LinearLR(o, 0.1, 1.0, 12), BASE),
    ("cosine", {"steps": 29}, lambda o: S.CosineAnnealingLR(o, 29), BASE),
    ("cosine", {"steps": 29, "minFactor": 0.25}, lambda o: S.CosineAnnealingLR(o, 29, 0.25 * BASE), BASE),
    ("cosineWarmRestarts", {"period": 7}, lambda o: S.CosineAnnealingWarmRestarts(o, 7), BASE),
    ("cosineWarmRestarts", {"period": 4, "multiplier": 2, "minFactor": 0.125},
     lambda o: S.CosineAnnealingWarmRestarts(o, 4, 2, 0.125 * BASE), BASE),
    ("cyclic", {"maxFactor": 4, "stepsUp": 5}, lambda o: S.CyclicLR(o, 0.2, 0.8, 5), 0.2),
    ("cyclic", {"maxFactor": 4, "stepsUp": 3, "stepsDown": 6, "mode": "triangular2", "minMomentum": 0.5, "maxMomentum": 0.7},
     lambda o: S.CyclicLR(o, 0.2, 0.8, 3, 6, mode="triangular2", base_momentum=0.5, max_momentum=0.7), 0.2),
    ("cyclic", {"maxFactor": 4, "stepsUp": 5, "mode": "exponential", "gamma": 0.9, "cycleMomentum": False},
     lambda o: S.CyclicLR(o, 0.2, 0.8, 5, mode="exp_range", gamma=0.9, cycle_momentum=False), 0.2),
    ("oneCycle", {"steps": 30}, lambda o: S.OneCycleLR(o, BASE, total_steps=30), BASE),
    ("oneCycle", {"steps": 30, "warmupFraction": 0.45, "divFactor": 10, "finalDivFactor": 100, "anneal": "linear",
                  "minMomentum": 0.6, "maxMomentum": 0.8},
     lambda o: S.OneCycleLR(o, BASE, total_steps=30, pct_start=0.45, div_factor=10, final_div_factor=100,
                            anneal_strategy="linear", base_momentum=0.6, max_momentum=0.8), BASE),
]

# What a chain is made of: (name, options) pairs, and the same in PyTorch.
CHAINS = [
    ([("linearWarmup", {"startFactor": 0.1, "steps": 5}), ("exponential", {"gamma": 0.9})], None,
     lambda o: S.ChainedScheduler([S.LinearLR(o, 0.1, 1.0, 5), S.ExponentialLR(o, 0.9)])),
    ([("linearWarmup", {"startFactor": 0.1, "steps": 5}), ("exponential", {"gamma": 0.9})], [5],
     lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, 1.0, 5), S.ExponentialLR(o, 0.9)], [5])),
    ([("constant", {"factor": 0.1, "steps": 4}), ("step", {"stepSize": 5}), ("exponential", {"gamma": 0.8})], [8, 20],
     lambda o: S.SequentialLR(o, [S.ConstantLR(o, 0.1, 4), S.StepLR(o, 5), S.ExponentialLR(o, 0.8)], [8, 20])),
]

PLATEAUS = [
    {"patience": 2, "factor": 0.5},
    {"patience": 1, "factor": 0.5, "cooldown": 3, "minLearningRate": 0.05},
    {"patience": 0, "factor": 0.3, "threshold": 0.1, "thresholdMode": "absolute"},
    {"patience": 1, "factor": 0.5, "mode": "max", "threshold": 0.05, "eps": 0.05},
]
PLATEAU_NAMES = {"minLearningRate": "min_lr", "thresholdMode": "threshold_mode"}


def new_optimizer(rate):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate, momentum=0.5)


def trace(make, rate):
    optimizer = new_optimizer(rate)
    schedule = make(optimizer)
    rates, momenta = [], []
    for _ in range(30):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        if len(rates) < 30:
            schedule.step()
    return rates, momenta


def make():
    cases = []
    for name, options, build, rate in CASES:
        rates, momenta = trace(build, rate)
        moves = any(value != 0.5 for value in momenta)
        cases.append({"name": name, "options": options, "base": rate, "learningRate": rates,
                      **({"momentum": momenta} if moves else {})})
    chains = [
        {"curves": curves, "milestones": milestones, "base": BASE, "learningRate": trace(build, BASE)[0]}
        for curves, milestones, build in CHAINS
    ]
    generator = torch.Generator().manual_seed(3)
    losses = [round(2.0 / (1 + k / 6) + 0.2 * torch.randn(1, generator=generator).item(), 3) for k in range(30)]
    plateaus = []
    for options in PLATEAUS:
        optimizer = new_optimizer(BASE)
        given = {PLATEAU_NAMES.get(k, k): {"absolute": "abs"}.get(v, v) for k, v in options.items()}
        schedule = S.ReduceLROnPlateau(optimizer, **given)
        rates = []
        for loss in losses:
            optimizer.step()
            schedule.step(loss)
            rates.append(optimizer.param_groups[0]["lr"])
        plateaus.append({"options": options, "learningRate": rates})
    return {"curves": {"cases": cases}, "chains": {"cases": chains}, "plateau": {"losses": losses, "cases": plateaus}}
