import type { Numbers } from "../engine/engine.js";
import { checkOptions, errorText, ShapeError, showShape, showValue } from "../errors.js";
import { tensor } from "../tensor/create.js";
import { type NestedNumbers, Tensor } from "../tensor/tensor.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Numbers in any form a lesson may hold them. */
export type Values = NestedNumbers | Numbers | Tensor;

/** State between two calls of a pure rule: `{}` before the first. */
export interface PureState {
  /** Steps taken so far; 0 when absent. */
  readonly step?: number;
  /** Averages of the rule by name (`m`, `v`, …), each shaped like the parameter; at its start value, mostly 0, when absent. */
  readonly [slot: string]: Values | undefined;
}

/** One step of an optimizer as a function: nothing that is passed changes. */
export type PureUpdate<Options> = <V extends Values>(
  parameter: V,
  gradient: Values,
  state: PureState,
  options: Options,
) => { parameter: V extends number ? number : V; state: PureState };

/** The numbers of a value, copied to float64, and how to give numbers the same form. */
interface Opened {
  readonly numbers: Float64Array;
  readonly shape: readonly number[];
  close(numbers: Float64Array): Values;
}

function open(where: string, name: string, value: unknown): Opened {
  if (value instanceof Tensor) {
    const { shape, dtype } = value;
    return { numbers: Float64Array.from(value.data), shape, close: (n) => tensor(n, { shape, dtype }) };
  }
  if (value instanceof Float32Array)
    return { numbers: Float64Array.from(value), shape: [value.length], close: (n) => Float32Array.from(n) };
  if (value instanceof Float64Array)
    return { numbers: value.slice(), shape: [value.length], close: (n) => n.slice() };
  const flat: number[] = [];
  const shape: number[] = [];
  const visit = (item: unknown, depth: number): void => {
    if (Array.isArray(item)) {
      shape[depth] ??= item.length;
      if (shape[depth] !== item.length)
        throw new ShapeError(
          errorText(where, `${name} must be rectangular, got rows of ${shape[depth]} and ${item.length}`),
        );
      for (const inner of item) visit(inner, depth + 1);
    } else if (typeof item === "number") flat.push(item);
    else throw new TypeError(errorText(where, `${name} must hold numbers, got ${showValue(item)}`));
  };
  visit(value, 0);
  const nest = (numbers: Float64Array, depth: number, offset: number, size: number): NestedNumbers => {
    const length = shape[depth];
    if (length === undefined) return numbers[offset]!;
    const part = size / length;
    return Array.from({ length }, (_, i) => nest(numbers, depth + 1, offset + i * part, part));
  };
  return { numbers: Float64Array.from(flat), shape, close: (n) => nest(n, 0, 0, n.length) };
}

/**
 * Makes the pure function of a rule: copies, applies the rule's readable loop in float64, and returns new values in the
 * form of `parameter`.
 */
export function pureRule<Options extends object, Settings extends CommonSettings>(
  rule: Rule<Options, Settings>,
  name: string = rule.name.toLowerCase(),
): PureUpdate<Options> {
  const where = `updates.${name}`;
  return <V extends Values>(parameter: V, gradient: Values, state: PureState, options: Options) => {
    checkOptions(where, options);
    const settings = rule.settings(options, where);
    const p = open(where, "parameter", parameter);
    const sameShape = (name: string, value: unknown): Float64Array => {
      const opened = open(where, name, value);
      if (opened.numbers.length !== p.numbers.length)
        throw new ShapeError(
          errorText(
            where,
            `${name} must have the parameter's shape`,
            `parameter ${showShape(p.shape)}, ${name} ${showShape(opened.shape)}`,
          ),
        );
      return opened.numbers;
    };
    const g = sameShape("gradient", gradient);
    const slots = rule.slots(settings);
    const arrays = slots.map((slot) =>
      state[slot] === undefined
        ? new Float64Array(p.numbers.length).fill(rule.start?.(settings, slot) ?? 0)
        : sameShape(`state.${slot}`, state[slot]),
    );
    const step = (state.step ?? 0) + 1;
    const numbers: number[] = [];
    rule.prepare(settings, step, numbers);
    rule.apply(p.numbers, g, arrays, 0, p.numbers.length, numbers, p.shape);
    const slotsAfter = Object.fromEntries(slots.map((slot, i) => [slot, p.close(arrays[i]!)]));
    return {
      parameter: p.close(p.numbers) as V extends number ? number : V,
      state: { step, ...slotsAfter },
    };
  };
}
