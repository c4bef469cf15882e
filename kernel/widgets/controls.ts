// From what is written in `interact` to a widget: two or three numbers are a slider, a list is a choice, and so on.
import { show } from "./checkValue.js";
import { isWidget, type Widget } from "./widget.js";
import type { Widgets } from "./widgets.js";

/** A widget that has a value. */
export type Control = Widget & { value: unknown };

/** Controls by name, in line: the names take the room of the longest. */
export function makeControls(
  controls: Readonly<Record<string, unknown>>,
  start: Readonly<Record<string, unknown>>,
  widgets: Widgets,
): Record<string, Control> {
  const longest = Math.max(...Object.keys(controls).map((name) => name.length));
  return Object.fromEntries(
    Object.entries(controls).map(([name, each]) => [
      name,
      makeControl(name, each, start[name], longest, widgets),
    ]),
  );
}

/** @param start the value at the beginning; undefined leaves it to the kind of control */
function makeControl(
  name: string,
  control: unknown,
  start: unknown,
  longest: number,
  { factories }: Widgets,
): Control {
  if (isWidget(control)) {
    if (!("value" in control))
      throw new TypeError(`interact: control ${name} must be a widget with a value, got ${control.kindName}`);
    if (start !== undefined) control.assign({ value: start });
    if (control.read("description") === "") control.assign({ description: name });
    return control as Control;
  }
  const { kind, options } = choose(name, control);
  const make = factories[kind];
  if (make === undefined) throw new Error(`bug: no widget ${kind}`);
  const common = {
    description: name,
    style: { descriptionWidth: `${longest + 1}ch` },
    layout: { width: `${longest + 40}ch` },
  };
  return make({ ...common, ...options, ...(start !== undefined && { value: start }) }) as Control;
}

interface Choice {
  readonly kind: string;
  readonly options: Record<string, unknown>;
}

function choose(name: string, control: unknown): Choice {
  if (typeof control === "boolean") return { kind: "Checkbox", options: { value: control } };
  if (typeof control === "string") return { kind: "Text", options: { value: control } };
  if (Array.isArray(control)) {
    const isRange = control.length === 2 || control.length === 3;
    if (isRange && control.every((item) => typeof item === "number")) return slider(name, control);
    return { kind: "Dropdown", options: { options: control } };
  }
  throw new TypeError(
    `interact: control ${name} must be [min, max, step], a list of choices, true or false, a text or a widget, got ${show(control)}` +
      (typeof control === "number"
        ? `\n  help: [${Math.min(0, control)}, ${Math.max(1, 2 * control)}] makes a slider`
        : ""),
  );
}

/** About a hundredth of the range: a one, two or five with zeros. */
function niceStep(range: number): number {
  const raw = range / 100;
  const power = 10 ** Math.floor(Math.log10(raw) + 1e-9);
  const factor = [1, 2, 5, 10].find((each) => raw / power < each * 1.5) ?? 10;
  return Number((factor * power).toPrecision(3));
}

function slider(name: string, numbers: readonly number[]): Choice {
  const [min = 0, max = 0, given] = numbers;
  if (!numbers.every(Number.isFinite) || min >= max)
    throw new RangeError(`interact: slider ${name} needs finite numbers min < max, got ${show(numbers)}`);
  if (given !== undefined && !(given > 0 && given <= max - min))
    throw new RangeError(
      `interact: slider ${name} needs a step above 0 and up to max - min, got ${show(numbers)}`,
    );
  // 0 … 1 without a step is meant as a fraction, not as a switch
  const isWhole = numbers.every(Number.isInteger) && (given !== undefined || min !== 0 || max !== 1);
  const step = given ?? (isWhole ? 1 : niceStep(max - min));
  const middle = min + step * Math.round((max - min) / 2 / step);
  const value = Math.min(max, Number(middle.toPrecision(12)));
  if (isWhole) return { kind: "IntSlider", options: { min, max, step, value } };
  const digits = Math.min(10, Math.max(decimals(step), decimals(min)));
  return { kind: "FloatSlider", options: { min, max, step, value, readoutFormat: `.${digits}f` } };
}

/** Digits after the point that a number needs: 3 for 0.025. */
function decimals(x: number): number {
  let digits = 0;
  while (digits < 10 && Math.abs(x - Number(x.toFixed(digits))) > 1e-9 * Math.max(1e-3, Math.abs(x)))
    digits++;
  return digits;
}
