"""Tensor operations: results and all gradients from PyTorch in float64.

Inputs are multiples of 1/64, so that they are the same numbers in float32. Every case has inputs, the gradient given to
backward (also multiples of 1/64), the result and the gradient of each input. test/reference/tensor.test.ts has the
TypeScript expression for each name.
"""
import math

import torch
import torch.nn.functional as F


def grid(low, high, *shape):
    return torch.round((low + (high - low) * torch.rand(*shape)) * 64) / 64


def signed(*shape):
    """From -2 to 2 but at least 1/16 away from 0, where relu and abs have a kink."""
    x = grid(-2, 2, *shape)
    return torch.where(x.abs() < 1 / 16, x + 0.125, x)


def positive(*shape):
    return grid(0.5, 2, *shape)


INDICES = torch.tensor([[0, 2, 1], [1, 1, 0]])
CONDITION = torch.tensor([[True], [False]])

# name: (inputs, expression)
CASES = {
    "add broadcast": ([signed(2, 3, 1), signed(4)], lambda a, b: a + b),
    "add number": ([signed(5)], lambda a: a + 0.75),
    "sub": ([signed(3), signed(2, 1, 3)], lambda a, b: a - b),
    "sub from number": ([signed(5)], lambda a: 1.5 - a),
    "mul broadcast": ([signed(2, 1, 3), signed(4, 1)], lambda a, b: a * b),
    "mul same": ([signed(4, 5), signed(4, 5)], lambda a, b: a * b),
    "mul column": ([signed(4, 5), signed(4, 1)], lambda a, b: a * b),
    "mul row": ([signed(4, 5), signed(5)], lambda a, b: a * b),
    "mul scalar tensor": ([signed(4, 5), signed(1)], lambda a, b: a * b),
    "div": ([signed(2, 3), positive(3)], lambda a, b: a / b),
    "div by number": ([signed(5)], lambda a: a / 3),
    "div of number": ([positive(5)], lambda a: 3 / a),
    "pow tensor": ([positive(2, 3), signed(3)], lambda a, b: a**b),
    "pow 3": ([signed(5)], lambda a: a**3),
    "pow 2": ([signed(5)], lambda a: a**2),
    "pow -0.5": ([positive(5)], lambda a: a**-0.5),
    "number to tensor": ([signed(5)], lambda a: 2**a),
    "maximum with ties": ([torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 2.0, 1.0])], torch.maximum),
    "minimum with ties": ([torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 2.0, 1.0])], torch.minimum),
    "neg": ([signed(5)], lambda a: -a),
    "abs": ([torch.tensor([-1.5, 0.0, 2.0])], torch.abs),
    "exp": ([signed(9)], torch.exp),
    "log": ([positive(9)], torch.log),
    "sqrt": ([positive(9)], torch.sqrt),
    "square": ([signed(9)], torch.square),
    "sin": ([signed(9)], torch.sin),
    "cos": ([signed(9)], torch.cos),
    "clamp": ([torch.tensor([-2.0, -1.0, 0.25, 0.5, 1.0])], lambda a: a.clamp(-1, 0.5)),
    "clamp min": ([signed(7)], lambda a: a.clamp(min=0.25)),
    "relu": ([torch.tensor([-1.5, 0.0, 2.0])], F.relu),
    "leakyRelu": ([torch.tensor([-1.5, 0.0, 2.0])], lambda a: F.leaky_relu(a, 0.25)),
    "sigmoid": ([torch.tensor([-40.0, -2.0, 0.0, 2.0, 40.0])], torch.sigmoid),
    "tanh": ([torch.tensor([-20.0, -2.0, -0.015625, 0.0, 0.5, 4.0, 20.0])], torch.tanh),
    "softplus": ([torch.tensor([-40.0, -2.0, 0.0, 2.0, 15.0])], F.softplus),
    "gelu": ([torch.tensor([-6.0, -2.0, -0.5, 0.0, 0.5, 2.0, 6.0])], F.gelu),
    "silu": ([torch.tensor([-20.0, -2.0, 0.0, 2.0, 20.0])], F.silu),
    "matmul 2-d": ([signed(7, 5), signed(5, 6)], torch.matmul),
    "matmul 1-d 1-d": ([signed(5), signed(5)], torch.matmul),
    "matmul 1-d 2-d": ([signed(5), signed(5, 3)], torch.matmul),
    "matmul 2-d 1-d": ([signed(4, 5), signed(5)], torch.matmul),
    "matmul batch": ([signed(3, 4, 5), signed(3, 5, 2)], torch.matmul),
    "matmul broadcast": ([signed(2, 1, 4, 5), signed(3, 5, 2)], torch.matmul),
    "matmul batch by matrix": ([signed(3, 4, 5), signed(5, 2)], torch.matmul),
    "matmul 40x33x21": ([signed(40, 33), signed(33, 21)], torch.matmul),
    "linear": ([signed(5, 3), signed(4, 3), signed(4)], F.linear),
    "linear tanh": ([signed(5, 3), signed(4, 3), signed(4)], lambda x, w, b: torch.tanh(F.linear(x, w, b))),
    "linear relu": ([signed(2, 5, 3), signed(4, 3), signed(4)], lambda x, w, b: F.relu(F.linear(x, w, b))),
    "linear sigmoid": ([signed(5, 3), signed(4, 3)], lambda x, w: torch.sigmoid(F.linear(x, w))),
    "sum": ([signed(2, 3, 4)], lambda a: a.sum()),
    "sum 0 and 2": ([signed(2, 3, 4)], lambda a: a.sum((0, 2))),
    "sum keepDim": ([signed(2, 3, 4)], lambda a: a.sum(1, keepdim=True)),
    "mean": ([signed(2, 3, 4)], lambda a: a.mean()),
    "mean last": ([signed(2, 3, 4)], lambda a: a.mean(-1)),
    "variance": ([signed(3, 4)], lambda a: a.var(1, unbiased=True)),
    "variance population": ([signed(3, 4)], lambda a: a.var(unbiased=False)),
    "std": ([signed(3, 4)], lambda a: a.std(0, unbiased=True, keepdim=True)),
    "max with ties": ([torch.tensor([[1.0, 3.0, 3.0], [2.0, 0.5, 1.0]])], lambda a: a.amax(1)),
    "max all": ([signed(3, 4)], lambda a: a.max()),
    "min keepDim": ([signed(3, 4)], lambda a: a.amin(0, keepdim=True)),
    "norm": ([signed(3, 4)], lambda a: a.norm()),
    "norm rows": ([signed(3, 4)], lambda a: torch.linalg.vector_norm(a, 2, 1, keepdim=True)),
    "norm 1": ([signed(3, 4)], lambda a: torch.linalg.vector_norm(a, 1, 0)),
    "norm 3": ([signed(3, 4)], lambda a: torch.linalg.vector_norm(a, 3, 0)),
    "norm infinity": ([signed(3, 4)], lambda a: torch.linalg.vector_norm(a, float("inf"), 1)),
    "norm of zero": ([torch.zeros(3)], lambda a: a.norm()),
    "logSumExp": ([signed(3, 4)], lambda a: torch.logsumexp(a, 1)),
    "logSumExp 0 and 2": ([signed(2, 3, 4)], lambda a: torch.logsumexp(a, (0, 2))),
    "logSumExp large": ([torch.tensor([1000.0, 999.0, -1000.0])], lambda a: torch.logsumexp(a, 0)),
    "softmax": ([signed(3, 4)], lambda a: F.softmax(a, -1)),
    "softmax middle": ([signed(2, 3, 4)], lambda a: F.softmax(a, 1)),
    "softmax large": ([torch.tensor([1000.0, 999.0, -1000.0])], lambda a: F.softmax(a, 0)),
    "logSoftmax": ([signed(2, 3, 4)], lambda a: F.log_softmax(a, 0)),
    "reshape": ([signed(2, 6)], lambda a: a.reshape(3, -1)),
    "flatten": ([signed(2, 3, 2)], lambda a: a.flatten(1)),
    "transpose": ([signed(2, 3, 4)], lambda a: a.transpose(0, 2)),
    "permute": ([signed(2, 3, 4)], lambda a: a.permute(2, 0, 1)),
    "squeeze": ([signed(1, 3, 1)], lambda a: a.squeeze()),
    "unsqueeze": ([signed(2, 3)], lambda a: a.unsqueeze(-1)),
    "expand": ([signed(2, 1)], lambda a: a.expand(3, 2, 4)),
    "slice": ([signed(6, 5)], lambda a: a[1:5:2, -3:]),
    "slice index": ([signed(4, 5)], lambda a: a[:, -2]),
    "flip": ([signed(2, 3)], lambda a: a.flip(0, 1)),
    "pad": ([signed(2, 3)], lambda a: F.pad(a, (2, 3, 1, 0), value=4.0)),
    "indexSelect": ([signed(3, 4)], lambda a: a.index_select(1, torch.tensor([2, 0, 2, 3]))),
    "gather": ([signed(2, 3)], lambda a: a.gather(1, INDICES)),
    "concat": ([signed(2, 3), signed(2, 1)], lambda a, b: torch.cat([a, b, a], 1)),
    "stack": ([signed(2, 3), signed(2, 3)], lambda a, b: torch.stack([a, b], 1)),
    "where": ([signed(2, 3), signed(3)], lambda a, b: torch.where(CONDITION, a, b)),
    "squaredError": ([signed(4, 2), signed(4, 2)], F.mse_loss),
    "meanClassLoss": ([signed(3, 4)], lambda a: F.cross_entropy(a, torch.tensor([2, 0, 3]))),
    "clone": ([signed(4)], lambda a: a.clone() * a),
    "shared subexpression": ([signed(3), signed(3)], lambda a, b: (a * b).tanh() * (a * b) + a),
}


def make():
    cases = []
    for name, (values, expression) in CASES.items():
        inputs = [value.clone().requires_grad_(True) for value in values]
        result = expression(*inputs)
        gradient = grid(-1, 1, *result.shape) if result.dim() > 0 else torch.tensor(1.0)
        result.backward(gradient)
        cases.append(
            {
                "name": name,
                "inputs": values,
                "result": result,
                "gradOutput": gradient,
                "gradients": [one.grad for one in inputs],
            }
        )
    return {"operations": {"cases": cases}, "normal": normal()}


def normal():
    """The error function behind gelu, from Python's math module (PyTorch 1.13 computes its tail from 1 - erf)."""
    x = [i / 4 for i in range(-32, 33)]
    return {"x": x, "cdf": [math.erfc(-v / math.sqrt(2)) / 2 for v in x], "erfc": [math.erfc(v) for v in x]}
