import { avgPool1d, avgPool2d, avgPool3d, globalAvgPool } from "../conv/avgPool.js";
import { maxPool1d, maxPool2d, maxPool3d } from "../conv/maxPool.js";
import type { PoolOptions } from "../conv/pool.js";
import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import { flatten } from "../tensor/movement.js";
import type { Tensor } from "../tensor/tensor.js";
import { declareBuiltIn } from "./layer.js";
import { Module } from "./module.js";

/** What pooling layers share: options that are handed on. */
abstract class PoolLayer extends Module {
  protected readonly options: PoolOptions;

  constructor(where: string, options: PoolOptions) {
    super();
    checkOptions(where, options);
    const { kernelSize, stride, padding, ...rest } = options;
    rejectUnknownOptions(where, rest, ["kernelSize", "stride", "padding"]);
    if (kernelSize === undefined)
      throw new TypeError(errorText(where, "kernelSize must be given, got undefined"));
    this.options = options;
  }

  override toString(): string {
    const show = (value: unknown): string => (Array.isArray(value) ? value.join("x") : String(value));
    const shown = Object.entries(this.options).map(([key, value]) => `${key} ${show(value)}`);
    return `${this.constructor.name}(${shown.join(", ")})`;
  }
}

/** The largest number of each window along one axis; see `conv.maxPool1d`. @param options.kernelSize required; stride defaults to it */
export class MaxPool1d extends PoolLayer {
  constructor(options: PoolOptions) {
    super("MaxPool1d", options);
  }
  forward(input: Tensor): Tensor {
    return maxPool1d(input, this.options);
  }
}

/**
 * The largest number of each window of an image; see `conv.maxPool2d`.
 *
 * @param options.kernelSize required; stride defaults to it, padding to 0
 * @example
 * new nn.MaxPool2d({ kernelSize: 2 }).forward(zeros([1, 8, 28, 28])).shape // [1, 8, 14, 14]
 */
export class MaxPool2d extends PoolLayer {
  constructor(options: PoolOptions) {
    super("MaxPool2d", options);
  }
  forward(input: Tensor): Tensor {
    return maxPool2d(input, this.options);
  }
}

/** The largest number of each window of a volume; see `conv.maxPool3d`. @param options.kernelSize required; stride defaults to it */
export class MaxPool3d extends PoolLayer {
  constructor(options: PoolOptions) {
    super("MaxPool3d", options);
  }
  forward(input: Tensor): Tensor {
    return maxPool3d(input, this.options);
  }
}

/** The mean of each window along one axis; see `conv.avgPool1d`. @param options.kernelSize required; stride defaults to it */
export class AvgPool1d extends PoolLayer {
  constructor(options: PoolOptions) {
    super("AvgPool1d", options);
  }
  forward(input: Tensor): Tensor {
    return avgPool1d(input, this.options);
  }
}

/**
 * The mean of each window of an image; see `conv.avgPool2d`.
 *
 * @param options.kernelSize required; stride defaults to it, padding to 0
 */
export class AvgPool2d extends PoolLayer {
  constructor(options: PoolOptions) {
    super("AvgPool2d", options);
  }
  forward(input: Tensor): Tensor {
    return avgPool2d(input, this.options);
  }
}

/** The mean of each window of a volume; see `conv.avgPool3d`. @param options.kernelSize required; stride defaults to it */
export class AvgPool3d extends PoolLayer {
  constructor(options: PoolOptions) {
    super("AvgPool3d", options);
  }
  forward(input: Tensor): Tensor {
    return avgPool3d(input, this.options);
  }
}

/** The mean of each channel over all places: `[N, C, ...spatial] -> [N, C]`; see `conv.globalAvgPool`. */
export class GlobalAvgPool extends Module {
  forward(input: Tensor): Tensor {
    return globalAvgPool(input);
  }
}

/**
 * All axes from `startDim` on as one: from images to the rows a linear layer reads.
 *
 * @param options.startDim default 1, which keeps the batch axis
 * @example
 * new nn.Flatten().forward(zeros([4, 8, 3, 3])).shape // [4, 72]
 */
export class Flatten extends Module {
  readonly startDim: number;

  constructor(options: { readonly startDim?: number } = {}) {
    super();
    checkOptions("Flatten", options);
    const { startDim = 1, ...rest } = options;
    rejectUnknownOptions("Flatten", rest, ["startDim"]);
    this.startDim = checkNumber("Flatten", "startDim", startDim, { integer: true });
  }

  forward(input: Tensor): Tensor {
    return flatten(input, { startDim: this.startDim });
  }
}

declareBuiltIn(MaxPool1d, MaxPool2d, MaxPool3d, AvgPool1d, AvgPool2d, AvgPool3d, GlobalAvgPool, Flatten);
