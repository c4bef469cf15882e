"""Regularizers in float64: penalties, max-norm, dropout mask by mask, smoothed and mixed labels, boxes.

What PyTorch draws at random is not compared draw by draw: it is drawn until every mask was seen, and each mask's output and
gradient are written down. torchvision is not in Debian; its formulas for boxes are written out in PyTorch below.
"""
import torch
import torch.nn.functional as F


def values(*shape, seed):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def penalties():
    """Value and gradients of the norms of a matrix with a zero, a filter bank and a vector."""
    parameters = [values(3, 4, seed=1), values(2, 2, 3, 3, seed=2), values(5, seed=3)]
    parameters[0][1, 2] = 0.0
    cases = {}
    for name, power in (("l1Penalty", 1), ("l2Penalty", 2)):
        leaves = [p.clone().requires_grad_() for p in parameters]
        total = sum(torch.linalg.vector_norm(p, power) ** power for p in leaves)
        (0.7 * total).backward()
        cases[name] = {"value": total, "factor": 0.7, "gradients": [p.grad for p in leaves]}
    # the subgradient at 0 must be the one of abs
    assert cases["l1Penalty"]["gradients"][0][1, 2] == 0
    return {"parameters": parameters, "cases": cases}


def max_norm():
    """torch.renorm of every unit's weights. It divides by norm + 1e-7, so its rows end 1e-7 below the limit."""
    weights = [values(6, 4, seed=4), values(5, 2, 3, 3, seed=5)]
    cases = [
        {
            "limit": limit,
            "results": [torch.renorm(w, 2, 0, limit) for w in weights],
            "scaled": sum(int((w.flatten(1).norm(dim=1) > limit).sum()) for w in weights),
        }
        for limit in (0.5, 1.5, 2.5, 100.0)
    ]
    return {"weights": weights, "cases": cases}


def decay():
    """Five steps on a least-squares loss: the penalty in the loss, as weight_decay (the same but for a factor 2), and decoupled."""
    x, y, start = values(7, 3, seed=6), values(7, seed=7), values(3, seed=8)

    def run(make, penalty):
        w = start.clone().requires_grad_()
        optimizer = make([w])
        path = []
        for _ in range(5):
            optimizer.zero_grad()
            (((x @ w - y) ** 2).mean() + penalty * (w**2).sum()).backward()
            optimizer.step()
            path.append(w.detach().clone())
        return torch.stack(path)

    rate, strength = 0.05, 0.3
    optimizers = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW}
    cases = []
    for name, make in optimizers.items():
        for in_loss, option in ((strength, 0.0), (0.0, 2 * strength)):
            cases.append({
                "optimizer": name, "penalty": in_loss, "weightDecay": option,
                "path": run(lambda w: make(w, lr=rate, weight_decay=option), in_loss),
            })
    return {"x": x, "y": y, "start": start, "learningRate": rate, "cases": cases}


def every_mask(function, x, count, pattern):
    """Draws until `count` different masks were seen; output and gradient of a smooth loss for each, in a fixed order."""
    seen = {}
    upstream = torch.linspace(0.5, 1.5, x.numel(), dtype=torch.float64).reshape(x.shape)
    for seed in range(100000):
        torch.manual_seed(seed)
        leaf = x.clone().requires_grad_()
        output = function(leaf)
        key = pattern(output)
        if key in seen:
            continue
        output.backward(upstream)
        seen[key] = {"mask": [int(bit) for bit in key], "output": output.detach(), "gradient": leaf.grad}
        if len(seen) == count:
            return upstream, [seen[key] for key in sorted(seen)]
    raise RuntimeError(f"only {len(seen)} of {count} masks seen")


def dropout():
    numbers = torch.tensor([1.5, -2.0, 0.25, 3.0], dtype=torch.float64)
    images = values(2, 2, 2, 3, seed=9)
    kept = lambda output: "".join("0" if value == 0 else "1" for value in output.flatten())
    by_channel = lambda output: "".join("0" if (plane == 0).all() else "1" for plane in output.flatten(0, 1))

    def not_floor(p):
        """What alpha dropout drops becomes one constant instead of 0."""
        floor = -1.7580993408473766
        a = ((1 - p) * (1 + p * floor**2)) ** -0.5
        dropped = a * floor - a * p * floor
        return lambda output: "".join("0" if abs(value - dropped) < 1e-9 else "1" for value in output.flatten())

    cases = []
    for p in (0.25, 0.5, 0.8):
        for kind, function, x, pattern in (
            ("dropout", lambda x: F.dropout(x, p), numbers, kept),
            ("Dropout2d", lambda x: F.dropout2d(x, p), images, by_channel),
            ("AlphaDropout", lambda x: F.alpha_dropout(x, p, training=True), numbers, not_floor(p)),
        ):
            upstream, masks = every_mask(function, x, 16, pattern)
            cases.append({"kind": kind, "p": p, "x": x, "shape": list(x.shape), "upstream": upstream, "masks": masks})
    return {"cases": cases}


def smoothing():
    """The labels that PyTorch's cross-entropy aims at: its gradient by the logits is softmax minus label."""
    cases = []
    for classes, labels in ((3, [0, 2, 1]), (10, [9, 0, 4, 4])):
        soft = torch.softmax(values(len(labels), classes, seed=classes), 1)
        logits = values(len(labels), classes, seed=20 + classes).requires_grad_()
        for epsilon in (0.0, 0.1, 0.35, 1.0):
            for target in (torch.tensor(labels), soft):
                logits.grad = None
                F.cross_entropy(logits, target, label_smoothing=epsilon, reduction="sum").backward()
                cases.append({
                    "classes": classes, "labels": target, "epsilon": epsilon,
                    "smoothed": torch.softmax(logits.detach(), 1) - logits.grad,
                })
    return {"cases": cases}


def mixing():
    """mixup and CutMix for given weights, partners and boxes, and the losses of the mixed labels."""
    x, labels, permutation = values(4, 2, 5, 6, seed=30), torch.tensor([2, 0, 1, 2]), torch.tensor([2, 3, 1, 0])
    y = F.one_hot(labels, 3).double()
    logits = values(4, 3, seed=31)

    def loss_of(weight):
        both = [F.cross_entropy(logits, labels[index]) for index in (torch.arange(4), permutation)]
        return weight * both[0] + (1 - weight) * both[1]

    mixup = [
        {"lambda": w, "x": w * x + (1 - w) * x[permutation], "y": w * y + (1 - w) * y[permutation], "loss": loss_of(w)}
        for w in (0.0, 0.3, 0.5, 0.75, 1.0)
    ]
    cutmix = []
    for top, left, bottom, right in ((0, 0, 2, 3), (1, 2, 5, 6), (3, 4, 3, 6), (0, 0, 5, 6), (2, 1, 4, 2)):
        cut = x.clone()
        cut[:, :, top:bottom, left:right] = x[permutation][:, :, top:bottom, left:right]
        weight = 1.0 - float((bottom - top) * (right - left) / (5 * 6))
        cutmix.append({
            "box": {"top": top, "left": left, "bottom": bottom, "right": right}, "lambda": weight, "x": cut,
            "y": weight * y + (1 - weight) * y[permutation], "loss": loss_of(weight),
        })
    return {"x": x, "y": y, "logits": logits, "permutation": permutation, "mixup": mixup, "cutmix": cutmix}


def boxes():
    """The box of torchvision's CutMix (v2) for a centre and λ: half sides r·W and r·H, r = ½√(1 − λ), truncated, then clipped."""
    cases = []
    for height, width in ((8, 8), (32, 32), (7, 12)):
        for weight in (0.0, 0.19, 0.5, 0.75, 0.97, 1.0):
            for y, x in ((0, 0), (height // 2, width // 3), (height - 1, width - 1), (2, width - 2)):
                r = 0.5 * torch.sqrt(torch.tensor(1.0 - weight, dtype=torch.float64))
                half_h, half_w = int(r * height), int(r * width)
                clip = lambda value, limit: int(torch.clamp(torch.tensor(value), min=0, max=limit))
                box = {"top": clip(y - half_h, height), "left": clip(x - half_w, width),
                       "bottom": clip(y + half_h, height), "right": clip(x + half_w, width)}
                cases.append({"height": height, "width": width, "lambda": weight, "centerY": y, "centerX": x, "box": box})
    return {"cases": cases}


def cutout():
    """Every result of the paper's cutout on one image: a square of even side around each pixel, clipped, set to 0."""
    image = values(1, 2, 4, 5, seed=40)
    results = []
    for y in range(4):
        for x in range(5):
            mask = torch.ones(4, 5, dtype=torch.float64)
            mask[max(y - 1, 0):min(y + 1, 4), max(x - 1, 0):min(x + 1, 5)] = 0.0
            results.append(image * mask)
    return {"image": image, "size": 2, "results": torch.stack(results)}


def erasing():
    """The sides that torchvision's random erasing can draw on 8 × 12 pixels, from a fine grid of areas and aspect ratios."""
    height, width, scale, ratio = 8, 12, (0.1, 0.3), (0.4, 2.5)
    pixels = height * width * torch.linspace(*scale, 3000, dtype=torch.float64)[:, None]
    aspect = torch.exp(torch.linspace(*torch.log(torch.tensor(ratio, dtype=torch.float64)), 3000, dtype=torch.float64))
    h, w = torch.round(torch.sqrt(pixels * aspect)), torch.round(torch.sqrt(pixels / aspect))
    fits = (h < height) & (w < width)
    sides = torch.unique(torch.stack([h[fits], w[fits]], 1), dim=0).long()
    return {"height": height, "width": width, "scale": scale, "ratio": ratio, "sides": sides}


def make():
    return {
        "penalties": penalties(), "max_norm": max_norm(), "decay": decay(), "dropout": dropout(), "smoothing": smoothing(),
        "mixing": mixing(), "boxes": boxes(), "cutout": cutout(), "erasing": erasing(),
    }
