"""40 steps of SGD and Adam on recorded noisy gradients, over a grid of options, in float64."""
import torch

STEPS = 40

# Our option names and PyTorch's.
SGD = [
    {"learningRate": 0.1},
    {"learningRate": 0.1, "weightDecay": 0.05},
    {"learningRate": 0.1, "momentum": 0.9},
    {"learningRate": 0.1, "momentum": 0.9, "dampening": 0.9},
    {"learningRate": 0.1, "momentum": 0.9, "dampening": 0.3, "weightDecay": 0.05},
    {"learningRate": 0.1, "momentum": 0.9, "nesterov": True},
    {"learningRate": 0.1, "momentum": 0.9, "nesterov": True, "weightDecay": 0.05},
]
ADAM = [
    {},
    {"learningRate": 0.05, "weightDecay": 0.1},
    {"learningRate": 0.05, "beta1": 0.5, "beta2": 0.9, "eps": 1e-3},
    {"learningRate": 0.05, "amsgrad": True, "beta2": 0.9},
    {"learningRate": 0.05, "amsgrad": True, "weightDecay": 0.1},
]


def torch_options(options):
    names = {"learningRate": "lr", "weightDecay": "weight_decay"}
    result = {names.get(k, k): v for k, v in options.items() if k not in ("beta1", "beta2")}
    if "beta1" in options or "beta2" in options:
        result["betas"] = (options.get("beta1", 0.9), options.get("beta2", 0.999))
    return result


def trace(make, options, start, tape, skip=()):
    """Parameters after each step. Parameter 1 gets no gradient in the steps of `skip`."""
    parameters = [value.clone().requires_grad_() for value in start]
    optimizer = make(parameters, **torch_options(options))
    after = []
    for step, gradients in enumerate(tape):
        for index, (parameter, gradient) in enumerate(zip(parameters, gradients)):
            parameter.grad = None if index == 1 and step in skip else gradient.clone()
        optimizer.step()
        after.append([parameter.detach().flatten().tolist() for parameter in parameters])
    return after


def make():
    generator = torch.Generator().manual_seed(4)
    start = [torch.linspace(-1, 2, 12).reshape(3, 4), torch.linspace(2, -1, 5)]
    tape = [
        [value * 0.5 + torch.randn(value.shape, generator=generator) * (1 + step / 10) for value in start]
        for step in range(STEPS)
    ]
    shapes = [list(value.shape) for value in start]
    common = {"start": start, "shapes": shapes, "tape": tape}
    payloads = {}
    for name, cls, grid in (("sgd", torch.optim.SGD, SGD), ("adam", torch.optim.Adam, ADAM)):
        cases = [{"options": options, "after": trace(cls, options, start, tape)} for options in grid]
        payloads[name] = {**common, "cases": cases}
    skip = [0, 3, 4, 11]
    payloads["skipped"] = {
        **common,
        "skip": skip,
        "cases": [
            {"class": "SGD", "options": SGD[3], "after": trace(torch.optim.SGD, SGD[3], start, tape, skip)},
            {"class": "Adam", "options": ADAM[1], "after": trace(torch.optim.Adam, ADAM[1], start, tape, skip)},
        ],
    }
    # One network, trained by PyTorch from given weights on given data: forward, backward and step together.
    x = torch.linspace(-2, 2, 16).reshape(16, 1)
    y = torch.sin(2 * x)
    network = torch.nn.Sequential(torch.nn.Linear(1, 6), torch.nn.Tanh(), torch.nn.Linear(6, 1))
    weights = [parameter.detach().clone() for parameter in network.parameters()]
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(network(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    payloads["network"] = {"x": x, "y": y, "weights": weights, "losses": losses}
    return payloads
