// Controls for a reader without a kernel: a cell that drew all states of its controls becomes radio buttons and one panel a
// state. Which panel is visible is decided by the style sheet alone, so the page still runs nothing.
//
// The order is: all radio buttons, then rows of labels, then the panels. A rule of the form
//   #a-0:checked ~ #b-1:checked ~ .panels > .s-0-1 { display: block }
// for each state needs the buttons before the panels, as siblings. The buttons are where the keyboard goes (arrow keys move
// within a group, as on a slider); the labels show what is chosen and where the focus is.

import { escapeHtml } from "./ansi.js";
import type { MimeBundle } from "./notebook.js";

export const STATES_MIME = "application/vnd.gradbook.states+json";

/** What the kernel's `interact` writes; kernel/widgets/precompute.ts has the same. */
interface States {
  readonly controls: readonly {
    readonly name: string;
    readonly labels: readonly string[];
    readonly start: number;
  }[];
  readonly states: readonly MimeBundle[];
}

/** A notebook can hold anything: a page of it must not become endless. */
const MOST_STATES = 64;

/**
 * The controls as HTML; undefined when `value` is not as `interact` writes it.
 *
 * @param prefix begins every id: it must be one that no other output has
 * @param render a state as safe HTML
 */
export function statesToHtml(
  value: unknown,
  prefix: string,
  render: (bundle: MimeBundle, prefix: string) => string,
): string | undefined {
  const read = readStates(value);
  if (read === undefined) return undefined;
  const { controls, states } = read;
  const id = (control: number, choice: number): string => `${prefix}c${control}-${choice}`;
  const each = <T>(make: (control: number, choice: number, label: string) => T): T[][] =>
    controls.map(({ labels }, control) => labels.map((label, choice) => make(control, choice, label)));

  const buttons = each((control, choice, label) => {
    const { name, start } = controls[control] ?? { name: "", start: 0 };
    const checked = choice === start ? " checked" : "";
    return `<input type="radio" name="${prefix}c${control}" id="${id(control, choice)}" aria-label="${escapeHtml(`${name} = ${label}`)}"${checked}>`;
  });
  const rows = each(
    (control, choice, label) => `<label for="${id(control, choice)}">${escapeHtml(label)}</label>`,
  ).map(
    (labels, control) =>
      `<div class="control"><span>${escapeHtml(controls[control]?.name ?? "")}</span>${labels.join("")}</div>`,
  );
  const places = states.map((_, state) =>
    placesOf(
      state,
      controls.map(({ labels }) => labels.length),
    ),
  );
  const panels = states.map(
    (bundle, state) => `<div class="state">${render(bundle, `${prefix}s${state}-`)}</div>`,
  );
  const shown = places.map(
    (choices, state) =>
      `${choices.map((choice, control) => `#${id(control, choice)}:checked ~ `).join("")}.states > :nth-child(${state + 1})`,
  );
  const chosen = each(
    (control, choice) => `#${id(control, choice)}:checked ~ .controls [for="${id(control, choice)}"]`,
  ).flat();
  const focused = each(
    (control, choice) => `#${id(control, choice)}:focus-visible ~ .controls [for="${id(control, choice)}"]`,
  ).flat();
  const style = [
    `${shown.join(",\n")} { display: block; }`,
    `${chosen.join(",\n")} { background: var(--accent); color: var(--page); border-color: var(--accent); }`,
    `${focused.join(",\n")} { outline: 2px solid var(--accent); outline-offset: 2px; }`,
  ].join("\n");
  return `<div class="interact">
<style>
${style}
</style>
${buttons.flat().join("\n")}
<div class="controls">
${rows.join("\n")}
</div>
<div class="states">
${panels.join("\n")}
</div>
</div>`;
}

/** Position of each control in a state; the last control varies fastest. */
function placesOf(state: number, sizes: readonly number[]): number[] {
  const places: number[] = [];
  let rest = state;
  for (const size of [...sizes].reverse()) {
    places.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return places;
}

function readStates(value: unknown): States | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { controls, states } = value as Partial<Record<keyof States, unknown>>;
  if (!Array.isArray(controls) || !Array.isArray(states) || states.length > MOST_STATES) return undefined;
  if (!controls.every(isControl) || controls.length === 0) return undefined;
  const count = controls.reduce((product: number, { labels }) => product * labels.length, 1);
  const areBundles = states.every((state) => typeof state === "object" && state !== null);
  return count === states.length && areBundles ? { controls, states } : undefined;
}

function isControl(control: unknown): control is States["controls"][number] {
  if (typeof control !== "object" || control === null) return false;
  const { name, labels, start } = control as Record<string, unknown>;
  return (
    typeof name === "string" &&
    Array.isArray(labels) &&
    labels.length > 0 &&
    labels.every((label) => typeof label === "string") &&
    Number.isInteger(start)
  );
}
