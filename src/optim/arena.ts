// Parameters in one block. When an optimizer is created, the numbers of its parameters move into one contiguous run P and their
// gradients into a run G of the same layout; the optimizer's averages get runs of that layout too. A step is then one pass over
// P, G and the averages instead of one call a parameter, and a global gradient norm is one reduction.
import { type Dtype, keptSpan, numbers, type Span, subSpan } from "../engine/engine.js";
import { moveGradient } from "../tensor/accumulate.js";
import type { Tensor } from "../tensor/tensor.js";

/** Each parameter begins at a multiple of this many numbers: one cache line of float32. */
const alignment = 16;

/** Parameters and gradients of a model, one behind the other. The padding between them is 0 and stays 0. */
export interface Arena {
  readonly dtype: Dtype;
  /** Numbers of all parameters, padding included. */
  readonly length: number;
  readonly parameters: Span;
  readonly gradients: Span;
  /** One number, for results of reductions over the arena. */
  readonly result: Span;
}

/** Where a parameter lives: the numbers `start` to `end - 1` of the arena. */
export interface Place {
  readonly arena: Arena;
  readonly start: number;
  readonly end: number;
  /** Where the next parameter of the arena begins. */
  readonly next: number;
  /** The part of the arena's gradients that belongs to this parameter. */
  readonly gradient: Span;
}

/** A parameter belongs to one arena for life: a second optimizer over it adds only its own averages. */
const places: WeakMap<Tensor, Place> = new WeakMap();

/**
 * Moves the parameters that have no place yet into a new arena, in the order given, and returns the places of all. Values,
 * gradients and the tensor objects stay the same.
 *
 * @param parameters leaves of one dtype, each once
 */
export function moveIntoArena(parameters: readonly Tensor[]): Place[] {
  const homeless = parameters.filter((parameter) => !places.has(parameter));
  if (homeless.length > 0) {
    const starts = [0];
    for (const { size } of homeless) starts.push(starts.at(-1)! + Math.ceil(size / alignment) * alignment);
    const length = starts.at(-1)!;
    const { dtype } = homeless[0]!;
    const block = keptSpan(dtype, 2 * length + alignment);
    const arena: Arena = {
      dtype,
      length,
      parameters: subSpan(block, 0, length),
      gradients: subSpan(block, length, length),
      result: subSpan(block, 2 * length, 1),
    };
    for (const [i, parameter] of homeless.entries()) {
      const { size } = parameter;
      const start = starts[i]!;
      const part = (of: Span): Span => {
        const span = subSpan(of, start, size);
        // Without a heap nothing owns the block; an owner marks memory that stays in place.
        span.owner ??= arena;
        return span;
      };
      const span = part(arena.parameters);
      numbers(span).set(numbers(parameter.span));
      parameter.span = span;
      places.set(parameter, {
        arena,
        start,
        end: start + size,
        next: starts[i + 1]!,
        gradient: part(arena.gradients),
      });
    }
  }
  return parameters.map((parameter) => {
    const place = places.get(parameter)!;
    bringGradientHome(parameter, place);
    return place;
  });
}

/**
 * Makes the parameter's gradient the arena's, copying numbers that are set. Needed in the beginning, and again when somebody has
 * put the gradient elsewhere.
 */
export function bringGradientHome(parameter: Tensor, { gradient }: Place): void {
  if (parameter.gradientSlot?.span !== gradient) moveGradient(parameter, gradient);
}
