import { errorText, rejectUnknownOptions } from "../errors.js";
import { type PerAxis, perAxis } from "./shape.js";

/** One convolution or pooling layer, as far as the receptive field is concerned. */
export interface FieldLayer {
  /** Length of the window, a number or one per axis. */
  readonly kernel: PerAxis;
  /** Default 1. */
  readonly stride?: PerAxis;
  /** Zeros before the input; default 0. */
  readonly padding?: PerAxis;
  /** Default 1. */
  readonly dilation?: PerAxis;
  /** For pictures; default "layer 1" and so on. */
  readonly name?: string;
}

/** What one output element sees, in elements of the network's input: a number, or one per axis. */
export interface Field<T extends number | number[] = number | number[]> {
  readonly name: string;
  /** Length of the part of the input that reaches one output. */
  readonly size: T;
  /** Distance in the input between the fields of two neighbouring outputs. */
  readonly stride: T;
  /** Where the field of the first output begins; negative when it hangs over into the padding. */
  readonly offset: T;
}

/** The field after the last layer, and after each layer on the way. */
export interface ReceptiveField<T extends number | number[] = number | number[]> extends Field<T> {
  readonly layers: readonly Field<T>[];
}

/**
 * The receptive field of a stack of layers: which part of the input an output depends on.
 *
 * With size 1, stride 1, offset 0 before the first layer, each layer does
 *
 * 1. `size   ← size + dilation·(kernel − 1)·stride`
 * 2. `offset ← offset − padding·stride`
 * 3. `stride ← stride·(stride of the layer)`
 *
 * so that output `i` depends on inputs `offset + i·stride` to `offset + i·stride + size − 1` at most.
 *
 * @param layers first layer first; numbers, or one number per axis
 * @returns size, stride and offset after the last layer, and `layers` with the same after each
 * @throws {RangeError} when a value is not a whole number in range
 * @see Araujo, Norris and Sim 2019, "Computing receptive fields of convolutional neural networks", Distill
 * @example
 * conv.receptiveField([{ kernel: 3 }, { kernel: 3 }]).size // 5
 * conv.receptiveField([{ kernel: 3, padding: 1 }, { kernel: 2, stride: 2 }, { kernel: 3 }]).size // 8
 */
export function receptiveField(
  layers: readonly (FieldLayer & { kernel: number; stride?: number; padding?: number; dilation?: number })[],
): ReceptiveField<number>;
export function receptiveField(layers: readonly FieldLayer[]): ReceptiveField;
export function receptiveField(layers: readonly FieldLayer[]): ReceptiveField {
  const where = "receptiveField";
  if (!Array.isArray(layers) || layers.length === 0)
    throw new TypeError(
      errorText(where, "layers must be a list of at least one layer", "", "{kernel: 3, stride: 1}"),
    );
  const list = layers
    .flatMap((layer) => [layer.kernel, layer.stride, layer.padding, layer.dilation])
    .find(Array.isArray);
  const axes = list === undefined ? 1 : list.length;
  const result = (values: readonly number[]): number | number[] =>
    list === undefined ? values[0]! : [...values];
  let size = new Array<number>(axes).fill(1);
  let stride = [...size];
  let offset = new Array<number>(axes).fill(0);
  const fields = layers.map((layer: FieldLayer, index): Field => {
    const {
      kernel,
      stride: step = 1,
      padding = 0,
      dilation = 1,
      name = `layer ${index + 1}`,
      ...rest
    } = layer;
    rejectUnknownOptions(where, rest, ["kernel", "stride", "padding", "dilation", "name"]);
    const kernels = perAxis(where, "kernel", kernel, axes, 1);
    const steps = perAxis(where, "stride", step, axes, 1);
    const zeros = perAxis(where, "padding", padding, axes, 0);
    const gaps = perAxis(where, "dilation", dilation, axes, 1);
    size = size.map((value, axis) => value + gaps[axis]! * (kernels[axis]! - 1) * stride[axis]!);
    offset = offset.map((value, axis) => value - zeros[axis]! * stride[axis]!);
    stride = stride.map((value, axis) => value * steps[axis]!);
    return { name, size: result(size), stride: result(stride), offset: result(offset) };
  });
  return { ...fields.at(-1)!, layers: fields };
}
