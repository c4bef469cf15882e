"""Losses, layers and normalization: values and all gradients, in float64."""
import torch
import torch.nn.functional as F


def with_gradients(function, tensors, upstream=None):
    """Output and the gradient of every tensor, for a given gradient of the output (default: all ones for scalars)."""
    leaves = [tensor.clone().requires_grad_() for tensor in tensors]
    output = function(*leaves)
    if upstream is None:
        upstream = torch.linspace(0.5, 1.5, max(output.numel(), 1)).reshape(output.shape)
    output.backward(upstream)
    return {"output": output, "shape": list(output.shape), "upstream": upstream, "gradients": [leaf.grad for leaf in leaves]}


def losses():
    generator = torch.Generator().manual_seed(7)
    p = torch.randn(4, 3, generator=generator) * 2
    t = torch.randn(4, 3, generator=generator)
    binary = torch.rand(4, 3, generator=generator)
    cases = []
    for reduction in ("mean", "sum", "none"):
        options = {"reduction": reduction}
        cases.append({"loss": "mseLoss", "options": options, "target": t, **with_gradients(lambda x, y: F.mse_loss(x, y, **options), [p, t])})
        cases.append({"loss": "l1Loss", "options": options, "target": t, **with_gradients(lambda x, y: F.l1_loss(x, y, **options), [p, t])})
        for delta in (1.0, 0.4):
            cases.append({
                "loss": "huberLoss", "options": {"delta": delta, **options}, "target": t,
                **with_gradients(lambda x, y: F.huber_loss(x, y, delta=delta, **options), [p, t]),
            })
        for weight in (1.0, 2.5):
            cases.append({
                "loss": "binaryCrossEntropyWithLogits", "options": {"positiveWeight": weight, **options}, "target": binary,
                **with_gradients(
                    lambda x, y: F.binary_cross_entropy_with_logits(x, y, pos_weight=torch.tensor(weight), **options), [p, binary]
                ),
            })
    return {"prediction": p, "cases": cases}


def cross_entropy():
    generator = torch.Generator().manual_seed(8)
    logits = torch.randn(5, 4, generator=generator) * 3
    classes = torch.tensor([0, 3, 1, 1, 2])
    soft = torch.softmax(torch.randn(5, 4, generator=generator), 1)
    weight = torch.tensor([1.0, 0.5, 2.0, 3.0])
    cases = []
    for reduction in ("mean", "sum", "none"):
        for smoothing in (0.0, 0.1):
            for w in (None, weight):
                for target in (classes, soft):
                    options = {"reduction": reduction, "labelSmoothing": smoothing}
                    if w is not None:
                        options["weight"] = w
                    cases.append({
                        "loss": "crossEntropy", "options": options, "target": target,
                        **with_gradients(
                            lambda x: F.cross_entropy(x, target, weight=w, label_smoothing=smoothing, reduction=reduction), [logits]
                        ),
                    })
        for w in (None, weight):
            options = {"reduction": reduction} if w is None else {"reduction": reduction, "weight": w}
            cases.append({
                "loss": "nllLoss", "options": options, "target": classes,
                **with_gradients(lambda x: F.nll_loss(x, classes, weight=w, reduction=reduction), [logits]),
            })
    return {"prediction": logits, "cases": cases}


def norms():
    generator = torch.Generator().manual_seed(9)
    images = torch.randn(3, 4, 2, 3, generator=generator) * 2 + 1
    rows = torch.randn(5, 4, generator=generator) * 2 + 1
    weight = torch.tensor([1.5, 0.5, -1.0, 2.0])
    bias = torch.tensor([0.1, -0.2, 0.3, 0.0])
    full_weight = torch.linspace(0.5, 2, 24).reshape(4, 2, 3)
    full_bias = torch.linspace(-1, 1, 24).reshape(4, 2, 3)
    cases = []
    for name, x in (("images", images), ("rows", rows)):
        for training in (True, False):
            mean = torch.tensor([0.5, 1.0, -0.5, 0.0])
            variance = torch.tensor([1.0, 2.0, 0.5, 3.0])
            run_mean, run_variance = mean.clone(), variance.clone()
            result = with_gradients(
                lambda i, w, b: F.batch_norm(i, run_mean, run_variance, w, b, training, 0.2, 1e-4), [x, weight, bias]
            )
            cases.append({
                "norm": "batchNorm", "input": x, "options": {"training": training, "momentum": 0.2, "eps": 1e-4},
                "weight": weight, "bias": bias, "runningMean": mean, "runningVar": variance,
                "runningMeanAfter": run_mean, "runningVarAfter": run_variance, **result,
            })
    cases.append({
        "norm": "layerNorm", "input": images, "options": {"normalizedShape": [4, 2, 3]}, "weight": full_weight, "bias": full_bias,
        **with_gradients(lambda i, w, b: F.layer_norm(i, [4, 2, 3], w, b), [images, full_weight, full_bias]),
    })
    cases.append({
        "norm": "layerNorm", "input": rows, "options": {"normalizedShape": [4], "eps": 1e-3}, "weight": weight, "bias": bias,
        **with_gradients(lambda i, w, b: F.layer_norm(i, [4], w, b, 1e-3), [rows, weight, bias]),
    })
    for groups in (1, 2, 4):
        cases.append({
            "norm": "groupNorm", "input": images, "options": {"numGroups": groups}, "weight": weight, "bias": bias,
            **with_gradients(lambda i, w, b: F.group_norm(i, groups, w, b), [images, weight, bias]),
        })
    cases.append({
        "norm": "instanceNorm", "input": images, "options": {}, "weight": weight, "bias": bias,
        **with_gradients(lambda i, w, b: F.instance_norm(i, weight=w, bias=b), [images, weight, bias]),
    })
    return {"cases": cases}


def network():
    """A small convolutional network: every parameter's gradient through conv, relu, pool, flatten, linear and cross-entropy."""
    torch.manual_seed(10)
    model = torch.nn.Sequential(
        torch.nn.Conv2d(2, 4, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(4, 6, 3, groups=2), torch.nn.Tanh(), torch.nn.AvgPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(6, 5), torch.nn.GELU(), torch.nn.Linear(5, 3),
    )
    x = torch.randn(4, 2, 8, 8)
    target = torch.tensor([0, 2, 1, 2])
    loss = F.cross_entropy(model(x), target)
    loss.backward()
    return {
        "x": x, "target": target, "loss": loss, "logits": model(x),
        "weights": [p.detach().clone() for p in model.parameters()],
        "gradients": [p.grad for p in model.parameters()],
    }


def padding_modes():
    """Conv layers with every padding mode: the output and the gradients of input, weight and bias."""
    torch.manual_seed(11)
    cases = []
    settings = [
        (1, (2, 2, 6), {"kernel_size": 4, "padding": 3}),
        (1, (2, 2, 6), {"kernel_size": 4, "padding": "same", "dilation": 2}),
        (2, (2, 2, 3, 4), {"kernel_size": (3, 2), "padding": (2, 1), "stride": (2, 1), "groups": 2}),
        (2, (1, 2, 3, 4), {"kernel_size": 3, "padding": (0, 3), "dilation": (1, 2)}),
        (2, (1, 2, 4, 4), {"kernel_size": 4, "padding": "same"}),
        (3, (1, 1, 2, 3, 3), {"kernel_size": (2, 3, 2), "padding": (1, 2, 0)}),
    ]
    names = {"kernel_size": "kernelSize"}
    for mode in ("reflect", "replicate", "circular", "zeros"):
        for axes, shape, options in settings:
            layer = getattr(torch.nn, f"Conv{axes}d")(shape[1], 2, padding_mode=mode, **options)
            x = torch.randn(shape)
            weight, bias = layer.weight.detach().clone(), layer.bias.detach().clone()
            leaves = [x.clone().requires_grad_(), layer.weight, layer.bias]
            output = layer(leaves[0])
            upstream = torch.linspace(0.5, 1.5, output.numel()).reshape(output.shape)
            output.backward(upstream)
            cases.append({
                "axes": axes, "options": {names.get(k, k): v for k, v in options.items()} | {"paddingMode": mode},
                "x": x, "weight": weight, "bias": bias,
                "output": output, "upstream": upstream, "gradients": [leaf.grad for leaf in leaves],
            })
    return {"cases": cases}


def folded_norms():
    """A layer and a batch norm with moved running statistics, in evaluation: the fused layer of torch.nn.utils.fusion, and what both give."""
    torch.manual_seed(12)
    cases = []
    layers = [
        ("Linear", (4, 3), 1, {}),
        ("Conv1d", (2, 2, 5), 1, {"kernel_size": 3, "padding": 1}),
        ("Conv2d", (2, 4, 5, 4), 2, {"kernel_size": (3, 2), "stride": 2, "groups": 2, "dilation": (1, 2)}),
        ("Conv2d", (1, 2, 3, 3), 2, {"kernel_size": 3, "padding": "same", "padding_mode": "circular"}),
        ("Conv3d", (1, 2, 2, 3, 3), 3, {"kernel_size": 2}),
    ]
    names = {"kernel_size": "kernelSize", "padding_mode": "paddingMode"}
    for name, shape, axes, options in layers:
        for bias in (True, False):
            for affine in (True, False):
                layer = getattr(torch.nn, name)(shape[1], 4, bias=bias, **options)
                norm = getattr(torch.nn, f"BatchNorm{axes}d")(4, eps=1e-3, affine=affine)
                norm.running_mean.copy_(torch.randn(4))
                norm.running_var.copy_(torch.rand(4) + 0.3)
                if affine:
                    with torch.no_grad():
                        norm.weight.copy_(torch.randn(4))
                        norm.bias.copy_(torch.randn(4))
                layer.eval(), norm.eval()
                x = torch.randn(shape)
                fuse = torch.nn.utils.fusion.fuse_linear_bn_eval if name == "Linear" else torch.nn.utils.fusion.fuse_conv_bn_eval
                if name == "Linear" and not affine:  # 1.13 multiplies None there; its own formula with weight 1 and bias 0
                    plain = torch.nn.BatchNorm1d(4, eps=1e-3)
                    plain.running_mean.copy_(norm.running_mean), plain.running_var.copy_(norm.running_var)
                    fused = fuse(layer, plain.eval())
                else:
                    fused = fuse(layer, norm)
                cases.append({
                    "layer": name, "options": {names.get(k, k): v for k, v in options.items()} | {"bias": bias}, "affine": affine, "x": x,
                    "weight": layer.weight, "bias": layer.bias if bias else None, "runningMean": norm.running_mean, "runningVar": norm.running_var,
                    "gamma": norm.weight if affine else None, "beta": norm.bias if affine else None,
                    "foldedWeight": fused.weight, "foldedBias": fused.bias, "output": norm(layer(x)),
                })
    return {"cases": cases}


def make():
    return {
        "padding_modes": padding_modes(), "folded_norms": folded_norms(),
        "losses": losses(), "cross_entropy": cross_entropy(), "norms": norms(), "network": network(),
    }
