import { errorText, showValue } from "../../errors.js";
import type { Tensor } from "../../tensor/tensor.js";

/**
 * One augmentation out of several, applied in order: `compose([flipHorizontal, (x) => rotate(x, {angle: [-5, 5]})])`.
 *
 * @param steps functions from a batch of images to a batch of images
 * @throws {TypeError} when a step is not a function
 * @example
 * const twice = regularization.augment.compose([(x) => x.mul(2), (x) => x.add(1)]);
 * twice(tensor([3])).toArray() // [7]
 */
export function compose(steps: readonly ((x: Tensor) => Tensor)[]): (x: Tensor) => Tensor {
  const bad = Array.isArray(steps) ? steps.findIndex((step) => typeof step !== "function") : 0;
  if (!Array.isArray(steps) || bad >= 0) {
    const got = Array.isArray(steps) ? `${showValue(steps[bad])} at index ${bad}` : showValue(steps);
    throw new TypeError(errorText("compose", `steps must be a list of functions, got ${got}`));
  }
  return (x) => steps.reduce((images, step) => step(images), x);
}
