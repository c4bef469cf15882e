import { checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { area, type Box, checkBox, cutmixBox } from "./box.js";
import { checkSoftLabels, imagesLike, mixRows, readImages } from "./images.js";
import { drawMixing, type Mixed, type MixupOptions } from "./mixup.js";

export interface CutmixOptions extends MixupOptions {
  /** Fixes the box instead of drawing it; λ is then its kept share. */
  readonly box?: Box;
}

/** A mixed batch; λ is the share of pixels that stayed. */
export interface CutMixed extends Mixed {
  /** The pasted box; a list with `per: "sample"`. */
  readonly box: Box | Box[];
}

/**
 * CutMix: a rectangle of every image is replaced by the same rectangle of a partner; labels are mixed by the **exact** share of
 * pixels.
 *
 * λ ~ Beta(α, α) gives the box sides `⌊H·√(1 − λ)⌋ × ⌊W·√(1 − λ)⌋`, the centre is uniform, the box is clipped at the borders, and
 * λ is recomputed as `1 − area / (H·W)` from what was really pasted: with α = 1 on 32 × 32 its mean is 0.70.
 *
 * @param x images [N, C, H, W]
 * @param y probabilities [N, K]
 * @param options.alpha default 1
 * @param options.lambda λ before clipping, instead of a draw
 * @param options.box the box itself, instead of λ
 * @param options.permutation, options.per, options.random as `mixup`
 * @returns the batch, the recomputed λ, the box and the partners
 * @throws {ShapeError} when x is not [N, C, H, W], or y holds class numbers (convert with `data.oneHot`)
 * @throws {RangeError} when λ or y is outside [0, 1], α ≤ 0, or the box is not inside the image
 * @see Yun et al. 2019, arXiv:1905.04899
 * @example
 * const box = { top: 0, left: 0, bottom: 1, right: 2 };
 * const cut = regularization.cutmix(tensor([1, 1, 1, 1, 2, 2, 2, 2], { shape: [2, 1, 2, 2] }), tensor([[1, 0], [0, 1]]), { box, permutation: [1, 0] });
 * cut.x.flatten().toArray() // [2, 2, 1, 1, 1, 1, 2, 2]
 * cut.lambda // 0.5
 */
export function cutmix(x: Tensor, y: Tensor, options: CutmixOptions = {}): CutMixed {
  checkOptions("cutmix", options);
  const { box, ...drawn } = options;
  const { alpha: _a, lambda: _l, permutation: _p, per = "batch", random: _r, ...rest } = drawn;
  rejectUnknownOptions("cutmix", rest, ["alpha", "lambda", "permutation", "box", "per", "random"]);
  if (
    box !== undefined &&
    (options.alpha !== undefined || options.lambda !== undefined || options.per === "sample")
  ) {
    const text = "alpha, lambda and per have no effect when box is given";
    throw new TypeError(errorText("cutmix", text, "", "drop box, or them"));
  }
  const images = readImages("cutmix", x);
  const { n, height, width } = images;
  checkSoftLabels("cutmix", y, n);
  const { lambda: wanted, permutation, random } = drawMixing("cutmix", n, drawn);
  const one = (): Box =>
    box ? checkBox("cutmix", box, height, width) : cutmixBox(height, width, wanted[0]!, random);
  const boxes =
    per === "batch"
      ? new Array<Box>(n).fill(one())
      : wanted.map((value) => cutmixBox(height, width, value, random));
  const kept = boxes.map((item) => 1 - area(item) / (height * width));
  const source = x.data;
  boxes.forEach((item, i) => {
    paste(images.values, source, images.channels, height, width, i, permutation[i]!, item);
  });
  return {
    x: imagesLike(x, images.values),
    y: imagesLike(y, mixRows(y.data, kept, permutation)),
    lambda: per === "batch" ? kept[0]! : kept,
    box: per === "batch" ? boxes[0]! : boxes,
    permutation,
  };
}

function paste(
  target: Float32Array | Float64Array,
  source: Float32Array | Float64Array,
  channels: number,
  height: number,
  width: number,
  to: number,
  from: number,
  { top, left, bottom, right }: Box,
): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let row = top; row < bottom; row++) {
      const own = ((to * channels + channel) * height + row) * width;
      const other = ((from * channels + channel) * height + row) * width;
      target.set(source.subarray(other + left, other + right), own + left);
    }
  }
}
