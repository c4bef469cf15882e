"""Convolution, transposed convolution, pooling and im2col from PyTorch in float64: outputs and all gradients.

Every case mixes settings on purpose: a swapped stride and dilation, or groups taken in the wrong order, would cancel in
a case that sets one thing at a time. Inputs are rounded to three decimals, so that the files stay short and float32
holds them to seven digits.
"""
import torch
import torch.nn.functional as F

GENERATOR = torch.Generator().manual_seed(20160)


def values(*shape):
    return torch.round(torch.randn(*shape, generator=GENERATOR, dtype=torch.float64) * 1000) / 1000


def gradients(out, *inputs):
    """A fixed output gradient, and the gradient of every input."""
    dy = values(*out.shape)
    return dy, torch.autograd.grad(out, inputs, dy)


def conv_case(axes, n, cin, cout, size, kernel, groups=1, bias=True, batched=True, **options):
    x = values(*([n] if batched else []), cin, *size).requires_grad_()
    w = values(cout, cin // groups, *kernel).requires_grad_()
    b = values(cout).requires_grad_() if bias else None
    function = (F.conv1d, F.conv2d, F.conv3d)[axes - 1]
    y = function(x, w, b, groups=groups, **options)
    inputs = [x, w] + ([b] if bias else [])
    dy, grads = gradients(y, *inputs)
    case = {"axes": axes, "options": {**options, "groups": groups}, "input": x, "weight": w, "output": y,
            "gradOutput": dy, "gradInput": grads[0], "gradWeight": grads[1]}
    if bias:
        case |= {"bias": b, "gradBias": grads[2]}
    return case


def transpose_case(axes, n, cin, cout, size, kernel, groups=1, bias=True, **options):
    x = values(n, cin, *size).requires_grad_()
    w = values(cin, cout // groups, *kernel).requires_grad_()
    b = values(cout).requires_grad_() if bias else None
    function = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)[axes - 1]
    y = function(x, w, b, groups=groups, **options)
    inputs = [x, w] + ([b] if bias else [])
    dy, grads = gradients(y, *inputs)
    names = {"output_padding": "outputPadding"}
    case = {"axes": axes, "options": {**{names.get(k, k): v for k, v in options.items()}, "groups": groups},
            "input": x, "weight": w, "output": y, "gradOutput": dy, "gradInput": grads[0], "gradWeight": grads[1]}
    if bias:
        case |= {"bias": b, "gradBias": grads[2]}
    return case


def pool_case(kind, axes, shape, kernel_size, **options):
    x = values(*shape).requires_grad_()
    function = getattr(F, f"{kind}_pool{axes}d")
    y = function(x, kernel_size, **options)
    dy, (dx,) = gradients(y, x)
    names = {"count_include_pad": "countIncludePad"}
    return {"kind": kind, "axes": axes, "options": {"kernelSize": kernel_size, **{names.get(k, k): v for k, v in options.items()}},
            "input": x, "output": y, "gradOutput": dy, "gradInput": dx}


def unfold_case(shape, kernel_size, **options):
    x = values(*shape).requires_grad_()
    y = F.unfold(x, kernel_size, **options)
    dy, (dx,) = gradients(y, x)
    folded = F.fold(y.detach(), shape[2:], kernel_size, **options)
    return {"options": {"kernelSize": kernel_size, **options}, "input": x, "output": y, "gradOutput": dy,
            "gradInput": dx, "folded": folded}


def make():
    conv = [
        conv_case(1, 2, 3, 4, [9], [3]),
        conv_case(1, 2, 4, 6, [11], [3], groups=2, stride=2, padding=2, dilation=2),
        conv_case(1, 1, 2, 3, [8], [4], padding="same", bias=False),
        conv_case(1, 1, 2, 2, [10], [4], padding="same", dilation=3),
        conv_case(1, 1, 3, 2, [7], [1], stride=3, batched=False),
        conv_case(1, 2, 2, 3, [4], [2], padding=5, stride=2),
        conv_case(2, 2, 3, 5, [6, 7], [3, 2]),
        conv_case(2, 2, 4, 4, [7, 8], [3, 3], groups=4, padding=1),
        conv_case(2, 1, 4, 6, [9, 8], [3, 2], groups=2, stride=[2, 1], padding=[1, 2], dilation=[1, 3]),
        conv_case(2, 1, 2, 3, [8, 9], [2, 3], stride=3, padding=1, dilation=2, bias=False),
        conv_case(2, 1, 2, 2, [5, 6], [2, 4], padding="same"),
        conv_case(2, 1, 3, 2, [5, 5], [5, 5], batched=False),
        conv_case(2, 3, 2, 4, [6, 6], [1, 1], stride=2),
        conv_case(2, 1, 1, 8, [28, 28], [3, 3], stride=5),
        conv_case(3, 2, 2, 3, [4, 5, 6], [2, 3, 2]),
        conv_case(3, 1, 4, 4, [5, 4, 6], [3, 2, 3], groups=2, stride=[2, 1, 2], padding=[1, 0, 2], dilation=[1, 2, 2]),
        conv_case(3, 1, 2, 2, [3, 4, 5], [2, 3, 3], padding="same", batched=False),
        conv_case(3, 1, 3, 3, [4, 4, 4], [2, 2, 2], groups=3, stride=2, bias=False),
    ]
    transpose = [
        transpose_case(1, 2, 3, 2, [5], [3]),
        transpose_case(1, 2, 4, 6, [6], [3], groups=2, stride=3, padding=1, output_padding=2),
        transpose_case(1, 1, 2, 2, [5], [4], stride=2, padding=2, dilation=3, output_padding=1, bias=False),
        transpose_case(2, 2, 3, 4, [4, 5], [3, 2]),
        transpose_case(2, 1, 4, 4, [4, 3], [3, 3], groups=2, stride=[2, 3], padding=[1, 0], output_padding=[1, 2], dilation=[2, 1]),
        transpose_case(2, 1, 4, 4, [3, 4], [2, 2], groups=4, stride=2, bias=False),
        transpose_case(3, 1, 2, 3, [3, 2, 4], [2, 3, 2]),
        transpose_case(3, 1, 4, 2, [2, 3, 3], [3, 2, 2], groups=2, stride=[2, 1, 2], padding=[1, 1, 0], output_padding=[1, 0, 1]),
    ]
    pool = [
        pool_case("max", 1, [2, 3, 10], 3),
        pool_case("max", 1, [1, 2, 11], 3, stride=2, padding=1, dilation=2),
        pool_case("max", 2, [2, 3, 6, 8], 2),
        pool_case("max", 2, [1, 2, 7, 9], [3, 2], stride=[2, 1], padding=[1, 1]),
        pool_case("max", 2, [2, 5, 6], 3, stride=1),
        pool_case("max", 3, [1, 2, 5, 6, 5], [2, 3, 2], stride=2, padding=[1, 1, 0]),
        pool_case("avg", 1, [2, 3, 9], 2, stride=3),
        pool_case("avg", 1, [1, 2, 9], 3, stride=2, padding=1, count_include_pad=False),
        pool_case("avg", 2, [2, 3, 6, 8], 2),
        pool_case("avg", 2, [1, 2, 7, 8], [3, 2], stride=[2, 1], padding=[1, 1]),
        pool_case("avg", 2, [1, 2, 7, 8], [3, 4], stride=2, padding=[1, 2], count_include_pad=False),
        pool_case("avg", 3, [1, 2, 5, 4, 6], [3, 2, 2], stride=[2, 2, 1], padding=1),
    ]
    unfold = [
        unfold_case([2, 3, 5, 6], [2, 3]),
        unfold_case([1, 2, 7, 6], 3, stride=2, padding=1),
        unfold_case([1, 2, 8, 7], [2, 3], stride=[1, 2], padding=[1, 0], dilation=[3, 1]),
    ]
    return {"conv": {"cases": conv}, "convTranspose": {"cases": transpose}, "pool": {"cases": pool}, "im2col": {"cases": unfold}}
