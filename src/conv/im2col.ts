// Windows as columns of a matrix, and back: the view in which a convolution is a matrix product.
import { newSpan, numbers, type Span } from "../engine/engine.js";
import { checkOptions, errorText, rejectUnknownOptions, ShapeError, showShape } from "../errors.js";
import { accumulate, newGradient } from "../tensor/accumulate.js";
import { defineOperation, record, type TensorOperation } from "../tensor/record.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkTensor, type Image, readImage } from "./operands.js";
import {
  type Padding,
  type PerAxis,
  perAxis,
  product,
  type SlidingGeometry,
  slidingGeometry,
} from "./shape.js";
import { crop, pad, type WindowPlan, windowPlan } from "./window.js";

/** How the windows slide; as in `conv1d`. */
export interface Im2colOptions {
  /** A number for images `[N, C, H, W]` or `[C, H, W]`; a list decides the number of spatial axes otherwise. */
  readonly kernelSize: PerAxis;
  readonly stride?: PerAxis;
  readonly padding?: Padding;
  readonly dilation?: PerAxis;
}

/** As for im2col, and the shape of the image that was taken apart. */
export interface Col2imOptions extends Im2colOptions {
  /** The whole shape of the image, `[N, C, ...spatial]` or `[C, ...spatial]`. */
  readonly inputSize: readonly number[];
}

interface Layout {
  readonly plan: WindowPlan;
  readonly batch: number;
  /** Elements of one image, and of its columns. */
  readonly imageSize: number;
  readonly columnsSize: number;
}

interface Prepared {
  readonly image: Image;
  readonly layout: Layout;
  readonly columnsShape: number[];
}

function prepare(where: string, shape: readonly number[], options: Im2colOptions): Prepared {
  const { kernelSize, stride = 1, padding = 0, dilation = 1 } = options;
  // [C, L] and [N, C, D, H, W] tell their axes; three sizes are an image [C, H, W] unless kernelSize is a list.
  const guess = shape.length === 2 ? 1 : shape.length === 5 ? 3 : 2;
  const axes = Array.isArray(kernelSize) ? kernelSize.length : guess;
  if (axes < 1 || axes > 3)
    throw new RangeError(errorText(where, `kernelSize must have one to three numbers, got ${axes}`));
  const kernel = perAxis(where, "kernelSize", kernelSize, axes, 1);
  const image = readImage(where, "input", shape, axes);
  const sliding: SlidingGeometry = slidingGeometry(where, image.size, kernel, { stride, padding, dilation });
  const plan = windowPlan(sliding, image.channels);
  const rows = image.channels * product(sliding.kernelSize);
  const places = product(sliding.outputSize);
  return {
    image,
    layout: {
      plan,
      batch: image.batch,
      imageSize: image.channels * product(sliding.inputSize),
      columnsSize: rows * places,
    },
    columnsShape: image.isBatched ? [image.batch, rows, places] : [rows, places],
  };
}

/** `columns[n, t, p]` = the element that window p sees through tap t. */
function takeApart(columns: Span, input: Span, { plan, batch, imageSize }: Layout): void {
  const { taps, rows, width, stride } = plan;
  const target = numbers(columns);
  const source = numbers(input);
  const image = new Float64Array(plan.imageLength);
  let to = 0;
  for (let n = 0; n < batch; n++) {
    pad(image, plan, source, n * imageSize);
    for (let t = 0; t < taps.length; t++)
      for (let r = 0; r < rows.length; r++) {
        let from = rows[r]! + taps[t]!;
        for (let x = 0; x < width; x++, from += stride) target[to++] = image[from]!;
      }
  }
}

/** Every column entry is added to the place it came from. */
function putTogether(input: Span, columns: Span, { plan, batch, imageSize }: Layout): void {
  const { taps, rows, width, stride } = plan;
  const source = numbers(columns);
  const target = numbers(input);
  const image = new Float64Array(plan.imageLength);
  let from = 0;
  for (let n = 0; n < batch; n++) {
    image.fill(0);
    for (let t = 0; t < taps.length; t++)
      for (let r = 0; r < rows.length; r++) {
        let to = rows[r]! + taps[t]!;
        for (let x = 0; x < width; x++, to += stride) image[to] = image[to]! + source[from++]!;
      }
    crop(target, n * imageSize, plan, image);
  }
}

// Each is the other's adjoint, hence the other's gradient.
const im2colOperation: TensorOperation = defineOperation<Layout>(
  "im2col",
  ([input], dy, layout) => {
    const dx = newGradient(input!);
    putTogether(dx, dy, layout);
    accumulate(input!, dx);
  },
  false,
);
const col2imOperation: TensorOperation = defineOperation<Layout>(
  "col2im",
  ([columns], dy, layout) => {
    const d = newGradient(columns!);
    takeApart(d, dy, layout);
    accumulate(columns!, d);
  },
  false,
);

/**
 * The windows of a convolution as the columns of a matrix. A convolution is then one matrix product:
 * `conv2d(x, w) = w.reshape(O, C·kH·kW) · im2col(x)`, reshaped to the output.
 *
 * `columns[n, (c, i, j), (y, x)] = input[n, c, y·stride + i·dilation − padding, …]`
 *
 * @param input shape `[N, C, H, W]` or `[C, H, W]`; with a list as `kernelSize` also one or three spatial axes
 * @param options.kernelSize a number or one per axis
 * @param options.stride, options.padding, options.dilation as in {@link conv1d}
 * @returns shape `[N, C·kH·kW, outH·outW]` (without N for a single image)
 * @throws {ShapeError} when the window does not fit
 * @example
 * conv.im2col(tensor([[1, 2, 3, 4]]), { kernelSize: [2] }).toArray() // [[1, 2, 3], [2, 3, 4]]
 */
export function im2col(input: Tensor, options: Im2colOptions): Tensor {
  const where = "im2col";
  checkTensor(where, "input", input);
  checkOptions(where, options);
  const { kernelSize, stride, padding, dilation, ...rest } = options;
  rejectUnknownOptions(where, rest, ["kernelSize", "stride", "padding", "dilation"]);
  const { layout, columnsShape } = prepare(where, input.shape, options);
  const columns = newSpan(input.dtype, product(columnsShape));
  takeApart(columns, input.span, layout);
  return record(im2colOperation, columns, columnsShape, [input], layout);
}

/**
 * Adds every entry of the columns to the place of the image it was taken from: the adjoint of {@link im2col}, not its
 * inverse. `col2im(im2col(x))` multiplies each element by the number of windows that see it.
 *
 * @param columns shape `[N, C·kH·kW, outH·outW]` (without N for a single image)
 * @param options.inputSize the whole shape of the image
 * @param options.kernelSize, options.stride, options.padding, options.dilation as given to `im2col`
 * @returns a tensor of shape `inputSize`
 * @throws {ShapeError} when the columns are not what `im2col` would return
 * @example
 * conv.col2im(tensor([[1, 2, 3], [2, 3, 4]]), { inputSize: [1, 4], kernelSize: [2] }).toArray() // [[1, 4, 6, 4]]
 */
export function col2im(columns: Tensor, options: Col2imOptions): Tensor {
  const where = "col2im";
  checkTensor(where, "columns", columns);
  checkOptions(where, options);
  const { inputSize, kernelSize, stride, padding, dilation, ...rest } = options;
  rejectUnknownOptions(where, rest, ["inputSize", "kernelSize", "stride", "padding", "dilation"]);
  if (!Array.isArray(inputSize))
    throw new TypeError(
      errorText(where, "inputSize must be the shape of the image", "", "pass {inputSize: input.shape}"),
    );
  const { layout, columnsShape } = prepare(where, inputSize, options);
  if (showShape(columns.shape) !== showShape(columnsShape))
    throw new ShapeError(
      errorText(
        where,
        `columns must have shape ${showShape(columnsShape)}, got ${showShape(columns.shape)}`,
        `inputSize ${showShape(inputSize)}`,
      ),
    );
  const image = newSpan(columns.dtype, product(inputSize));
  putTogether(image, columns.span, layout);
  return record(col2imOperation, image, inputSize, [columns], layout);
}
