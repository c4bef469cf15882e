// All states of a few controls, so that a page without a kernel can show each of them.
import type { MimeBundle } from "../run/messages.js";
import type { Control } from "./controls.js";

/**
 * Form of the output that a page without a kernel turns into controls; grader/notebook/statesHtml.ts reads it. The output that
 * follows it shows the present state.
 */
export const STATES_MIME = "application/vnd.gradbook.states+json";

export interface States {
  readonly version: 1;
  readonly controls: readonly {
    readonly name: string;
    readonly labels: readonly string[];
    readonly start: number;
  }[];
  /** One bundle for each combination; the last control varies fastest. */
  readonly states: readonly MimeBundle[];
}

export const MOST_STATES = 24;

interface Domain {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly labels: readonly string[];
  readonly start: number;
}

/** @throws RangeError when there are more than 24 combinations, TypeError for a control whose values cannot be listed */
export function domainsOf(controls: Readonly<Record<string, Control>>): readonly Domain[] {
  const domains = Object.entries(controls).map(([name, control]) => domainOf(name, control));
  const count = domains.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_STATES) {
    const factors = domains.map(({ name, values }) => `${name} ${values.length}`).join(" × ");
    throw new RangeError(
      `interact: precompute needs at most ${MOST_STATES} states, got ${count} (${factors})\n  help: give larger steps or fewer choices`,
    );
  }
  return domains;
}

/** Each combination as the object that the function gets, in the order of `States.states`. */
export function combinations(domains: readonly Domain[]): readonly Record<string, unknown>[] {
  return domains.reduce<Record<string, unknown>[]>(
    (all, { name, values }) => all.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}

function domainOf(name: string, control: Control): Domain {
  const { value } = control;
  if (typeof value === "boolean")
    return { name, values: [false, true], labels: ["no", "yes"], start: value ? 1 : 0 };
  const options = control.values().options;
  const index = control.read("index");
  if (Array.isArray(options) && typeof index === "number")
    return {
      name,
      values: options,
      labels: control.read("_options_labels") as readonly string[],
      start: index,
    };
  const [min, max, step] = ["min", "max", "step"].map((each) => control.read(each)) as number[];
  const isLinear = /^(Int|Float)Slider$|^Play$/.test(control.kindName);
  if (!isLinear || min === undefined || max === undefined || typeof step !== "number" || !(step > 0)) {
    throw new TypeError(
      `interact: precompute needs controls whose values can be listed (sliders, choices, checkboxes), got ${name} (${control.kindName})`,
    );
  }
  const values = Array.from({ length: Math.floor((max - min) / step + 1e-9) + 1 }, (_, i) =>
    Number((min + i * step).toPrecision(12)),
  );
  const distances = values.map((each) => Math.abs(each - (value as number)));
  return { name, values, labels: values.map(String), start: distances.indexOf(Math.min(...distances)) };
}

/** What a page without a kernel shows of a bundle: the first of these forms. */
const FORMS = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "text/html", "text/markdown"];

/** One form of a bundle, and its text: a notebook file has each state once. */
export function slim(bundle: MimeBundle): MimeBundle {
  const form = FORMS.find((type) => bundle[type] !== undefined);
  return {
    ...(form !== undefined && { [form]: bundle[form] }),
    ...(form === undefined && { "text/plain": bundle["text/plain"] ?? "" }),
  };
}
