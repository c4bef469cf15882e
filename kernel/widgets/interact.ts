// `interact` of cells: controls, and below them what a function makes of their values.
//
// The result is an ordinary display that is changed in place, not a widget: a saved notebook shows the picture everywhere, also
// where there are no widgets.
import { randomUUID } from "node:crypto";
import type { Captures } from "../display/capture.js";
import { type DisplayHandle, type Displays, HANDLE } from "../display/display.js";
import type { Composed } from "../display/pieces.js";
import type { SendFrame } from "../run/frames.js";
import type { CellError, MimeBundle } from "../run/messages.js";
import { show } from "./checkValue.js";
import { type Control, makeControls } from "./controls.js";
import { Interaction } from "./interaction.js";
import { combinations, domainsOf, STATES_MIME, type States, slim } from "./precompute.js";
import type { Widgets } from "./widgets.js";

export interface InteractParts {
  readonly widgets: Widgets;
  readonly displays: Pick<Displays, "bundleOf">;
  readonly captures: Captures;
  readonly send: SendFrame;
  readonly currentCell: () => number;
  readonly toCellError: (error: unknown) => CellError;
}

export interface InteractOptions {
  /** Values at the beginning, by control. */
  readonly start?: Readonly<Record<string, unknown>>;
  /** Draws all states now, at most 24, for pages without a kernel. Default false. */
  readonly precompute?: boolean;
}

/** What `interact` returns; as the last expression of a cell it shows nothing. */
export interface InteractHandle extends Pick<DisplayHandle, "displayId"> {
  readonly controls: Readonly<Record<string, Control>>;
}

type Values = Record<string, unknown>;
export type Interact = (
  controls: Readonly<Record<string, unknown>>,
  fn: (values: Values) => unknown,
  options?: InteractOptions,
) => InteractHandle;

/** The session's view of all interactions. */
export interface Interactions {
  readonly interact: Interact;
  /** From now on changes of controls wait for `flush`: more messages of the page are on their way. */
  hold(): void;
  /** Redraws what has changed since `hold`. */
  flush(): void;
  /** Settles when no first call and no redraw runs. Rejects with the error of a first call: it fails the cell. */
  settled(): Promise<void>;
  /** Ends calls that run or wait; the error is shown in their place. False when there were none. */
  interrupt(error: CellError): boolean;
}

export function makeInteractions(parts: InteractParts): Interactions {
  const { widgets, displays, send, currentCell } = parts;
  const all = new Set<Interaction>();
  const changed = new Set<Interaction>();
  const pending = new Set<Promise<void>>();
  /** Errors of first calls since `settled`. */
  const failures: unknown[] = [];
  let isHeld = false;

  const wait = (work: void | Promise<void>): void => {
    if (!(work instanceof Promise)) return;
    const settled: Promise<void> = work
      .catch((error: unknown) => {
        // one that was interrupted before has nothing to say any more
        if (pending.has(settled)) failures.push(error);
      })
      .finally(() => pending.delete(settled));
    pending.add(settled);
  };

  const interact: Interact = (specification, fn, options = {}) => {
    checkArguments(specification, fn, options);
    const { start = {}, precompute = false } = options;
    const controls = makeControls(specification, start, widgets);
    const domains = precompute ? domainsOf(controls) : [];
    const values = (): Values =>
      Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value]));
    const displayId = randomUUID();
    const cell = currentCell();
    const interaction = new Interaction({
      ...parts,
      displayId,
      bundleOf: displays.bundleOf,
      call: () => fn(values()),
    });

    const begin = (result: Composed, states?: readonly Composed[]): void => {
      const { VBox } = widgets.factories;
      if (VBox === undefined) throw new Error("bug: no widget VBox");
      const box = VBox({ children: Object.values(controls) });
      const bundle = {
        ...(box as unknown as Record<symbol, () => MimeBundle>)[Symbol.for("Jupyter.display")]?.(),
      };
      if (states !== undefined) {
        bundle[STATES_MIME] = {
          version: 1,
          controls: domains.map(({ name, labels, start: position }) => ({ name, labels, start: position })),
          states: states.map((each) => slim(each.bundle)),
        } satisfies States;
      }
      send({ t: "display", bundle, metadata: {}, id: randomUUID(), cell });
      interaction.show(result);
      all.add(interaction);
      for (const control of Object.values(controls)) {
        control.observe("value", () => {
          if (isHeld) changed.add(interaction);
          else wait(interaction.redraw());
        });
      }
    };

    const first = (states?: readonly Composed[]): void | Promise<void> => {
      const result = interaction.compute();
      if (result instanceof Promise) return result.then((ready) => begin(ready, states));
      return begin(result, states);
    };
    const states = computeAll(interaction, domains, fn);
    wait(states instanceof Promise ? states.then(first) : first(states));
    return Object.defineProperty({ displayId, controls }, HANDLE, { value: true });
  };

  return {
    interact,
    hold() {
      isHeld = true;
    },
    flush() {
      isHeld = false;
      for (const interaction of [...changed]) {
        changed.delete(interaction);
        wait(interaction.redraw());
      }
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
      if (failures.length > 0) throw failures.splice(0)[0];
    },
    interrupt(error) {
      isHeld = false;
      pending.clear(); // what never settles must not hold up the next cell
      failures.length = 0;
      const waiting = new Set(changed);
      changed.clear();
      // those that had not begun show the error too: their picture is not that of the values
      const ended = [...all].map((interaction) => interaction.interrupt(error, waiting.has(interaction)));
      return ended.includes(true);
    },
  };
}

/** The result of each state; undefined without domains. */
function computeAll(
  interaction: Interaction,
  domains: ReturnType<typeof domainsOf>,
  fn: (values: Values) => unknown,
): readonly Composed[] | undefined | Promise<readonly Composed[]> {
  if (domains.length === 0) return undefined;
  const results: Composed[] = [];
  const rest = [...combinations(domains)];
  for (let values = rest.shift(); values !== undefined; values = rest.shift()) {
    const state = values;
    const result = interaction.attempt(() => fn({ ...state }));
    if (result instanceof Promise) return finishAsync(result);
    results.push(result);
  }
  return results;

  async function finishAsync(begun: Promise<Composed>): Promise<readonly Composed[]> {
    results.push(await begun);
    for (const values of rest) results.push(await interaction.attempt(() => fn({ ...values })));
    return results;
  }
}

function checkArguments(controls: unknown, fn: unknown, options: InteractOptions): void {
  if (
    typeof controls !== "object" ||
    controls === null ||
    Array.isArray(controls) ||
    Object.keys(controls).length === 0
  )
    throw new TypeError(
      `interact: the controls must be an object such as { learningRate: [0.01, 1, 0.01] }, got ${show(controls)}`,
    );
  if (typeof fn !== "function")
    throw new TypeError(`interact: a function of the values must follow the controls, got ${show(fn)}`);
  const { start = {}, precompute: _, ...rest } = options;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    throw new TypeError(
      `interact: unknown option "${unknown}"\n  help: the options are start and precompute`,
    );
  const [stray] = Object.keys(start).filter((name) => !(name in controls));
  if (stray !== undefined)
    throw new TypeError(
      `interact: start must name controls (${Object.keys(controls).join(", ")}), got ${stray}`,
    );
}
