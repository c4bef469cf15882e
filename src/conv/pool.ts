// What max and average pooling have in common: options, geometry, shapes.
import type { PoolGeometry } from "../engine/engine.js";
import { errorText } from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkTensor, imageShape, readImage } from "./operands.js";
import { type PerAxis, perAxis, slidingGeometry } from "./shape.js";

/** Options of the pooling functions. */
export interface PoolOptions {
  /** Size of the window, a number or one per axis. */
  readonly kernelSize: PerAxis;
  /** Elements from one window to the next; default `kernelSize`, so that windows do not overlap. */
  readonly stride?: PerAxis;
  /** Elements added on each side, at most half a window; default 0. */
  readonly padding?: PerAxis;
}

/** The geometry of a pooling over the last `axes` axes, and the shape of its result. */
export function poolGeometry(
  where: string,
  axes: number,
  input: Tensor,
  options: PoolOptions & { readonly dilation?: PerAxis },
): { geometry: PoolGeometry; shape: number[] } {
  checkTensor(where, "input", input);
  const { kernelSize, stride = kernelSize, padding = 0, dilation = 1 } = options;
  const kernel = perAxis(where, "kernelSize", kernelSize, axes, 1);
  const zeros = perAxis(where, "padding", padding, axes, 0);
  if (zeros.some((p, axis) => 2 * p > kernel[axis]!))
    throw new RangeError(
      errorText(
        where,
        `padding must be at most half of kernelSize, got padding ${zeros.join(", ")} and kernelSize ${kernel.join(", ")}`,
        "",
        "with more, a window could lie in the padding alone",
      ),
    );
  const image = readImage(where, "input", input.shape, axes);
  const sliding = slidingGeometry(where, image.size, kernel, { stride, padding, dilation });
  const { batch, channels } = image;
  return {
    geometry: { batch, inChannels: channels, outChannels: channels, groups: channels, ...sliding },
    shape: imageShape(image, channels, sliding.outputSize.slice(3 - axes)),
  };
}
