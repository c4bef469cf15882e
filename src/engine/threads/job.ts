// What one thread asks another to compute, as a list of numbers in shared memory: the operation, byte addresses, sizes.
// Every thread runs a job the same way, the one that made it too.
import type { Activation, ConvGeometry, UpdateRule } from "../interface.js";
import { Span } from "../span.js";
import type { ProductCall } from "../wasm/productKernels.js";
import type { WasmEngine } from "../wasm/wasmEngine.js";

export type Job = readonly number[];

const kinds = { conv: 0, inputGrad: 1, weightGrad: 2, update: 3, product: 4 } as const;
const activations: readonly Activation[] = ["none", "relu", "tanh", "sigmoid"];
// biome-ignore format: a table
const rules: readonly UpdateRule[] = [
  "sgd", "adam", "adamw", "adagrad", "rmsprop", "adadelta", "adamax", "nadam", "radam", "moments",
];

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

export const inputLength = ({ batch, inChannels, inputSize }: ConvGeometry): number =>
  batch * inChannels * product(inputSize);
export const outputLength = ({ batch, outChannels, outputSize }: ConvGeometry): number =>
  batch * outChannels * product(outputSize);
export const weightLength = ({ inChannels, outChannels, groups, kernelSize }: ConvGeometry): number =>
  (outChannels * inChannels * product(kernelSize)) / groups;

function geometryNumbers(geometry: ConvGeometry): number[] {
  const { batch, inChannels, outChannels, groups, inputSize, kernelSize, outputSize, stride } = geometry;
  const lists = [inputSize, kernelSize, outputSize, stride, geometry.padding, geometry.dilation];
  return [batch, inChannels, outChannels, groups, ...lists.flat()];
}

type Three = readonly [number, number, number];
function geometryFrom(numbers: Job): ConvGeometry {
  const [batch, inChannels, outChannels, groups] = numbers as readonly [number, number, number, number];
  const axes = (list: number): Three => numbers.slice(4 + 3 * list, 7 + 3 * list) as unknown as Three;
  return {
    batch,
    inChannels,
    outChannels,
    groups,
    inputSize: axes(0),
    kernelSize: axes(1),
    outputSize: axes(2),
    stride: axes(3),
    padding: axes(4),
    dilation: axes(5),
  };
}

/** Images of a convolution; bias -1: none. */
export function convJob(
  y: number,
  x: number,
  weight: number,
  bias: number,
  activation: Activation,
  geometry: ConvGeometry,
): Job {
  return [kinds.conv, y, x, weight, bias, activations.indexOf(activation), ...geometryNumbers(geometry)];
}

export function inputGradJob(dx: number, dy: number, weight: number, geometry: ConvGeometry): Job {
  return [kinds.inputGrad, dx, dy, weight, 0, 0, ...geometryNumbers(geometry)];
}

export function weightGradJob(dWeight: number, x: number, dy: number, geometry: ConvGeometry): Job {
  return [kinds.weightGrad, dWeight, x, dy, 0, 0, ...geometryNumbers(geometry)];
}

/** An optimizer step on `count` numbers from the given addresses: parameters, gradients, state… */
export function updateJob(
  rule: UpdateRule,
  addresses: readonly number[],
  count: number,
  numbers: readonly number[],
): Job {
  return [kinds.update, rules.indexOf(rule), count, addresses.length, ...addresses, ...numbers];
}

/** Rows `first <= i < first + count` of a product. */
export function productJob(call: ProductCall, first: number, count: number): Job {
  const { c, a, b, m, n, k } = call;
  const flags = [call.transposeA, call.transposeB, call.accumulate].map(Number);
  return [kinds.product, c, a, b, m, n, k, ...flags, first, count];
}

const span = (pointer: number, length: number): Span => new Span("float32", length, pointer, null);

/** Computes a job on this thread; false when the engine does not cover it or has no room. */
export function runJob(engine: WasmEngine, job: Job): boolean {
  const [kind, first, second, third, fourth, fifth] = job as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (kind === kinds.product) {
    const [, c, a, b, m, n, k, transposeA, transposeB, accumulate, from, count] = job as Twelve;
    const call = { c, a, b, m, n, k };
    const flags = {
      transposeA: transposeA === 1,
      transposeB: transposeB === 1,
      accumulate: accumulate === 1,
    };
    engine.productRows({ ...call, ...flags }, from, count);
    return true;
  }
  if (kind === kinds.update) {
    const [parameters, gradients, ...state] = job.slice(4, 4 + third).map((pointer) => span(pointer, second));
    if (parameters === undefined || gradients === undefined) return false;
    const numbers = job.slice(4 + third);
    return engine.update(rules[first] as UpdateRule, parameters, gradients, state, 0, second, numbers);
  }
  const geometry = geometryFrom(job.slice(6));
  const [input, output] = [inputLength(geometry), outputLength(geometry)];
  const weights = weightLength(geometry);
  if (kind === kinds.conv) {
    const bias = fourth < 0 ? null : span(fourth, geometry.outChannels);
    const activation = activations[fifth] as Activation;
    return engine.conv(
      span(first, output),
      span(second, input),
      span(third, weights),
      bias,
      activation,
      geometry,
    );
  }
  if (kind === kinds.inputGrad)
    return engine.convInputGrad(span(first, input), span(second, output), span(third, weights), geometry);
  return engine.convWeightGrad(
    span(first, weights),
    span(second, input),
    span(third, output),
    geometry,
    false,
  );
}
// biome-ignore format: twelve numbers
type Twelve = readonly [number, number, number, number, number, number, number, number, number, number, number, number];
