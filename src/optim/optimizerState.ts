import type { Numbers } from "../engine/engine.js";
import { errorText, ShapeError, showValue } from "../errors.js";

/** State of one parameter, as saved: steps taken, and its averages by name, row-major. */
export interface ParameterState {
  readonly step: number;
  readonly [slot: string]: number | Numbers;
}

/** What `Optimizer.stateDict` gives: the settings of each group, and the state of each parameter in the order of the groups. */
export interface OptimizerState {
  readonly groups: readonly Readonly<Record<string, unknown>>[];
  readonly parameters: readonly ParameterState[];
}

/**
 * Checks a saved state against an optimizer. Averages may also be plain arrays, as they are after JSON.
 *
 * @param slots names of the averages of each parameter, @param sizes numbers of each parameter
 */
export function readState(
  name: string,
  saved: OptimizerState,
  groups: number,
  slots: readonly (readonly string[])[],
  sizes: readonly number[],
): OptimizerState {
  const where = `${name}.loadStateDict`;
  if (!Array.isArray(saved?.groups) || !Array.isArray(saved.parameters))
    throw new TypeError(errorText(where, `state must be {groups, parameters}, got ${showValue(saved)}`));
  if (saved.groups.length !== groups)
    throw new RangeError(errorText(where, `state must have ${groups} groups, got ${saved.groups.length}`));
  if (saved.parameters.length !== sizes.length)
    throw new RangeError(
      errorText(where, `state must have ${sizes.length} parameters, got ${saved.parameters.length}`),
    );
  for (const [i, parameter] of (saved.parameters as readonly ParameterState[]).entries()) {
    const { step, ...averages } = parameter;
    if (!Number.isInteger(step) || step < 0)
      throw new RangeError(
        errorText(where, `step of parameter ${i} must be a whole number, got ${showValue(step)}`),
      );
    const got = Object.keys(averages);
    if (got.length !== slots[i]!.length || slots[i]!.some((slot) => !Object.hasOwn(averages, slot)))
      throw new RangeError(
        errorText(
          where,
          `parameter ${i} must have the averages ${slots[i]!.join(", ") || "(none)"}, got ${got.join(", ") || "(none)"}`,
          "",
          "load it into an optimizer of the same class and options",
        ),
      );
    for (const slot of slots[i]!) {
      const values = averages[slot] as Numbers;
      if (values.length !== sizes[i])
        throw new ShapeError(
          errorText(where, `${slot} of parameter ${i} must have ${sizes[i]} numbers, got ${values.length}`),
        );
      // In JSON, NaN becomes null, which would be read as 0.
      const wrong = Array.isArray(values) ? values.findIndex((value) => typeof value !== "number") : -1;
      if (wrong >= 0)
        throw new TypeError(
          errorText(
            where,
            `${slot} of parameter ${i} must hold numbers, got ${showValue(values[wrong])} at index ${wrong}`,
          ),
        );
    }
  }
  return saved;
}
