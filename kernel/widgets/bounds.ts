// Sliders and bounded fields: the value lies between `min` and `max`.
import { show } from "./checkValue.js";
import type { WidgetModel } from "./model.js";

type State = Readonly<Record<string, unknown>>;

/** Whether the value of such a widget is bounded: numbers, and pairs of numbers. Dates are left to the page. */
function isBounded({ attributes }: WidgetModel): boolean {
  const { min, max, value } = attributes;
  return (min?.type === "int" || min?.type === "float") && max !== undefined && value !== undefined;
}

/**
 * What must change besides `changes`: a value that nobody asked for is moved between new bounds.
 *
 * @param state as it will be, `changes` included
 * @throws RangeError when a value that was asked for is outside, or `min` is above `max`
 */
export function fitBounds(kind: string, model: WidgetModel, state: State, changes: State): State {
  if (!isBounded(model) || typeof state.min !== "number" || typeof state.max !== "number") return {};
  if (!("min" in changes || "max" in changes || "value" in changes)) return {};
  const { min, max } = state;
  if (min > max) throw new RangeError(`${kind}: min must not be above max, got ${min} and ${max}`);
  const isLogarithmic = typeof state.base === "number";
  const low = isLogarithmic ? (state.base as number) ** min : min;
  const high = isLogarithmic ? (state.base as number) ** max : max;
  const values = Array.isArray(state.value) ? (state.value as unknown[]) : [state.value];
  // powers and sums of steps are rounded: 1e-12 of the range is no mistake
  const slack = (high - low) * 1e-12;
  if (values.every((value) => Number(value) >= low - slack && Number(value) <= high + slack)) return {};
  if ("value" in changes)
    throw new RangeError(
      `${kind}.value: must be between ${low} and ${high}, got ${show(state.value)}\n  help: set min and max first, or together with the value`,
    );
  const fitted = values.map((value) => Math.min(high, Math.max(low, Number(value))));
  return { value: Array.isArray(state.value) ? fitted : fitted[0] };
}
