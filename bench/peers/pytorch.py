"""PyTorch eager, one thread, the same workloads: the peer that bench/main.ts compares with. Debian: python3-torch."""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import torch  # noqa: E402  (threads are read at import)
import torch.nn.functional as F  # noqa: E402

torch.set_num_threads(1)
torch.manual_seed(1)
SIZES = json.loads(sys.argv[1])
prepare = {}


def timed(run):
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1e3


def matmul(n):
    def make():
        a, b = torch.randn(n, n), torch.randn(n, n)

        def run():
            with torch.no_grad():
                torch.mm(a, b)

        return run

    return make


def convolution(size, way):
    def make():
        axes = len(size["size"])
        x = torch.randn(size["batch"], size["inChannels"], *size["size"])
        w = torch.randn(size["outChannels"], size["inChannels"], *[size["kernel"]] * axes)
        run = [F.conv1d, F.conv2d, F.conv3d][axes - 1]
        g = torch.randn_like(run(x, w, padding=size["padding"]))

        def forward():
            with torch.no_grad():
                run(x, w, padding=size["padding"])

        # Both gradients by the operator itself, without the cost of PyTorch's graph.
        def backward():
            with torch.no_grad():
                torch.ops.aten.convolution_backward(
                    g, x, w, None, [1] * axes, [size["padding"]] * axes, [1] * axes, False, [0] * axes, 1, [True, True, False]
                )

        return forward if way == "forward" else backward

    return make


def training(model, loss_of, optimizer):
    def step():
        optimizer.zero_grad()
        loss_of().backward()
        optimizer.step()

    return step


def mlp(make_optimizer):
    def make():
        nn = torch.nn
        model = nn.Sequential(nn.Linear(1, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1))
        x = torch.linspace(-1, 1, 64).reshape(64, 1)
        y = torch.sin(3 * x)
        return training(model, lambda: F.mse_loss(model(x), y), make_optimizer(model.parameters()))

    return make


def lenet():
    nn = torch.nn
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(256, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )
    images, labels = torch.randn(64, 1, 28, 28), torch.arange(64) % 10
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    return training(model, lambda: F.cross_entropy(model(images), labels), optimizer)


class AdamP(torch.optim.Optimizer):
    """Algorithm 2 of Heo et al. 2021, in whole-tensor operations as PyTorch's own optimizers are written."""

    def __init__(self, params, lr=1e-3, delta=0.1):
        super().__init__(params, {"lr": lr, "delta": delta, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                self.update(p, p.grad, self.state[p], group)

    def update(self, p, g, state, group):
        beta1, beta2, eps = group["beta1"], group["beta2"], group["eps"]
        if not state:
            state.update(t=0, m=torch.zeros_like(p), v=torch.zeros_like(p))
        state["t"] += 1
        m, v, t = state["m"], state["v"], state["t"]
        m.mul_(beta1).add_(g, alpha=1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        d = m / (v.sqrt() / (1 - beta2 ** t) ** 0.5).add_(eps)
        for rows in (p.shape[0], 1):
            P, G = p.view(rows, -1), g.view(rows, -1)
            norm = P.norm(dim=1) + eps
            cosine = (P * G).sum(dim=1).abs() / norm / (G.norm(dim=1) + eps)
            if cosine.max() < group["delta"] / P.shape[1] ** 0.5:
                unit = P / norm[:, None]
                D = d.view(rows, -1)
                D -= unit * (unit * D).sum(dim=1, keepdim=True)
                break
        p.add_(d, alpha=-group["lr"] / (1 - beta1 ** t))


def large_step(make, projected=False):
    def prepare():
        weights = torch.nn.Parameter(torch.randn(1024, 1024))
        gradient = torch.randn(1024, 1024)
        if projected:
            w = weights.detach()
            gradient -= w * ((w * gradient).sum(1, keepdim=True) / (w * w).sum(1, keepdim=True))
        weights.grad = gradient
        return make([weights]).step

    return prepare


for n in SIZES["matmul"]:
    prepare[f"matmul {n}"] = matmul(n)
for size in SIZES["conv"]:
    for way in ("forward", "backward"):
        prepare[f"{size['id']}, {way}"] = convolution(size, way)
prepare["MLP 1-64-64-1, SGD step"] = mlp(lambda p: torch.optim.SGD(p, lr=0.01))
prepare["MLP 1-64-64-1, momentum step"] = mlp(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9))
prepare["MLP 1-64-64-1, Adam step"] = mlp(lambda p: torch.optim.Adam(p, lr=1e-3))
prepare["LeNet 28x28, batch 64, Adam step"] = lenet
prepare["Adam on 1M parameters"] = large_step(torch.optim.Adam)
prepare["AdamW on 1M parameters"] = large_step(torch.optim.AdamW)
prepare["RAdam on 1M parameters"] = large_step(torch.optim.RAdam)
prepare["RMSprop on 1M parameters"] = large_step(torch.optim.RMSprop)
prepare["AdamP on 1M parameters"] = large_step(lambda p: AdamP(p, lr=1e-9, delta=0))
prepare["AdamP on 1M parameters, projected"] = large_step(lambda p: AdamP(p, lr=1e-9), True)

print(json.dumps({"ready": f"PyTorch {torch.__version__}, 1 thread"}), flush=True)
ready = {}
for line in sys.stdin:
    request = json.loads(line)
    name, budget = request["workload"], request["budgetMs"]
    if name not in prepare:
        print(json.dumps({"workload": name, "error": "not available"}), flush=True)
        continue
    if name not in ready:
        ready = {name: prepare[name]()}
        start, count = time.perf_counter(), 0
        while count < 3 or time.perf_counter() - start < 0.08:
            ready[name]()
            count += 1
    run, times, start = ready[name], [], time.perf_counter()
    run()
    while not times or (time.perf_counter() - start) * 1e3 < budget:
        times.append(timed(run))
    times.sort()
    print(json.dumps({"workload": name, "median": times[len(times) // 2], "minimum": times[0], "calls": len(times)}), flush=True)
