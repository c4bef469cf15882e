import { tick } from "../autograd/node.js";
import { engine, type Numbers, numbers, type Span } from "../engine/engine.js";
import { checkNumber, checkOptions, errorText, showShape } from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Arena, bringGradientHome, moveIntoArena, type Place } from "./arena.js";
import { Averages } from "./averages.js";
import { NaNGradientError } from "./nanGradientError.js";
import { type OptimizerState, type ParameterState, readState } from "./optimizerState.js";
import { type GroupOptions, type ParametersOf, readGroups } from "./parameterGroups.js";
import type { CommonSettings, Rule } from "./rule.js";

/**
 * A group in use: its parameters and its settings, defaults filled in. Numbers such as `learningRate` may be changed between
 * steps; schedules do.
 */
export interface ParameterGroup extends CommonSettings {
  readonly parameters: readonly Tensor[];
  [setting: string]: unknown;
}

/** One parameter as the optimizer sees it. */
interface Entry {
  readonly parameter: Tensor;
  readonly place: Place;
  /** The averages of the whole arena, in the order of the rule's slots. */
  readonly state: readonly Span[];
  /** Whether the parameter lies right behind the one before it in the group, in the same arena. */
  readonly follows: boolean;
  /** Steps in which this parameter had a gradient. */
  step: number;
}

/**
 * What all optimizers share: parameter groups, the arena their numbers live in, and saving. The arithmetic is in each class's
 * rule, see rule.ts.
 *
 * A step skips parameters without gradient, as PyTorch does: their averages and step counts stand still.
 */
export abstract class Optimizer<Options extends object = object> {
  /** Parameters with their settings. */
  readonly groups: readonly ParameterGroup[];
  readonly #rule: Rule<Options, CommonSettings>;
  /** The parameters of each group. */
  readonly #entries: readonly (readonly Entry[])[];
  readonly #arenas: readonly Arena[];
  /** What the rule prepares for a run of parameters; reused. */
  readonly #numbers: number[] = [];
  #steps = 0;

  /**
   * @throws {TypeError} when a parameter is not a tensor or dtypes are mixed; {RangeError} when there is none, or one comes twice or
   *   requires no gradient
   */
  protected constructor(
    parameters: ParametersOf<Options>,
    options: Options,
    rule: Rule<Options, CommonSettings>,
  ) {
    checkOptions(rule.name, options);
    const groups: readonly GroupOptions<Options>[] = readGroups(rule.name, parameters);
    this.#rule = rule;
    this.groups = groups.map(({ parameters: tensors, ...own }) => ({
      ...rule.settings({ ...options, ...own } as unknown as Options, rule.name),
      parameters: tensors,
    }));
    const all = groups.flatMap((group) => group.parameters);
    const places = new Map(moveIntoArena(all).map((place, i) => [all[i]!, place]));
    const averages = new Averages();
    this.#entries = this.groups.map((group) =>
      group.parameters.map((parameter, i) => {
        const place = places.get(parameter)!;
        const before = i === 0 ? undefined : places.get(group.parameters[i - 1]!);
        return {
          parameter,
          place,
          state: averages.of(place.arena, rule.slots(group)),
          follows: before?.arena === place.arena && before.next === place.start,
          step: 0,
        };
      }),
    );
    this.#arenas = [...new Set(all.map((parameter) => places.get(parameter)!.arena))];
    for (const [g, group] of this.groups.entries())
      for (const [i, slot] of rule.slots(group).entries()) {
        const value = rule.start?.(group, slot) ?? 0;
        if (value !== 0)
          for (const { place, state } of this.#entries[g]!)
            numbers(state[i]!).fill(value, place.start, place.end);
      }
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Learning rate of the first group. Setting it sets that of all groups; use `groups[i].learningRate` for one. */
  get learningRate(): number {
    return this.groups[0]!.learningRate;
  }

  set learningRate(value: number) {
    checkNumber(`${this.#rule.name}.learningRate`, "value", value, { min: 0 });
    for (const group of this.groups) group.learningRate = value;
  }

  /** Forgets the gradients of all parameters: the next `backward` stores instead of adding. */
  zeroGrad(): void {
    for (const entries of this.#entries) for (const { parameter } of entries) parameter.zeroGrad();
  }

  /**
   * Changes the parameters by one update, from the gradients that `backward` left.
   *
   * @throws {Error} when no parameter has a gradient
   * @throws {RangeError} when a gradient holds NaN, or a group's learning rate was set to a negative number or NaN
   */
  step(): void {
    // Whoever sets a group's learning rate by hand passes no other check.
    for (const { learningRate } of this.groups)
      checkNumber(this.#rule.name, "learningRate", learningRate, { min: 0 });
    this.#checkGradients();
    this.#steps++;
    let updated = 0;
    for (const [index, group] of this.groups.entries()) {
      const entries = this.#entries[index]!;
      this.#checkSlots(group, entries);
      for (let first = 0; first < entries.length; ) {
        const end = this.#endOfRun(entries, first);
        if (end > first) this.#updateRun(group, entries, first, end);
        updated += end - first;
        first = Math.max(end, first + 1);
      }
    }
    if (updated === 0) {
      this.#steps--;
      const count = this.#entries.flat().length;
      throw new Error(
        errorText(
          this.#rule.name,
          `step needs a gradient, got none for all ${count} parameters`,
          "",
          "call loss.backward() between zeroGrad() and step()",
        ),
      );
    }
  }

  /** The longest run of neighbors with gradients and equal step counts that begins at `first`; `first` when it has none. */
  #endOfRun(entries: readonly Entry[], first: number): number {
    let end = first;
    while (end < entries.length) {
      const entry = entries[end]!;
      if (end > first && (!entry.follows || entry.step !== entries[first]!.step || this.#rule.perParameter))
        break;
      if (entry.parameter.gradientSlot?.isSet !== true) break;
      bringGradientHome(entry.parameter, entry.place);
      end++;
    }
    return end;
  }

  #updateRun(group: ParameterGroup, entries: readonly Entry[], first: number, end: number): void {
    const rule = this.#rule;
    const { place, state, parameter } = entries[first]!;
    const { arena, start } = place;
    const stop = rule.perParameter ? place.end : entries[end - 1]!.place.next;
    const step = entries[first]!.step + 1;
    const change = tick();
    for (let i = first; i < end; i++) {
      entries[i]!.step = step;
      entries[i]!.parameter.span.changedAt = change;
    }
    rule.prepare(group, step, this.#numbers);
    const fast = rule.fastRule(group);
    if (
      fast !== null &&
      engine.update(fast, arena.parameters, arena.gradients, state, start, stop, this.#numbers)
    )
      return;
    const { parameters, gradients } = arena;
    const shape = rule.perParameter ? parameter.shape : [];
    if (
      arena.dtype === "float32" &&
      rule.fastStep?.({ parameters, gradients, state, start, end: stop, shape }, this.#numbers)
    )
      return;
    rule.apply(
      numbers(arena.parameters),
      numbers(arena.gradients),
      state.map(numbers),
      start,
      stop,
      this.#numbers,
      shape,
    );
  }

  /** One sum over all gradients tells whether to look closer: it is finite unless some number is not, or it overflows. */
  #checkGradients(): void {
    for (const arena of this.#arenas) {
      engine.reduce("sumOfAbs", arena.result, arena.gradients, 1, arena.length, 1);
      if (!Number.isFinite(numbers(arena.result)[0])) this.#refuseNaN();
    }
  }

  #refuseNaN(): void {
    for (const [g, entries] of this.#entries.entries())
      for (const [i, { parameter }] of entries.entries()) {
        if (parameter.gradientSlot?.isSet !== true) continue;
        const gradient = numbers(parameter.gradientSlot.span);
        const at = gradient.findIndex(Number.isNaN);
        if (at < 0) continue;
        const group = this.#entries.length > 1 ? ` of group ${g}` : "";
        throw new NaNGradientError(
          errorText(
            this.#rule.name,
            `gradients must be numbers, got NaN in parameter ${i}${group} at step ${this.#steps + 1}`,
            `parameter ${showShape(parameter.shape)}, first NaN at flat index ${at}`,
            "the loss grew beyond all bounds before: lower the learning rate, or clip gradients with optim.clipGradNorm",
          ),
        );
      }
  }

  #checkSlots(group: ParameterGroup, entries: readonly Entry[]): void {
    const wanted = this.#rule.slots(group).length;
    const got = entries[0]?.state.length ?? wanted;
    if (wanted !== got)
      throw new RangeError(
        errorText(
          this.#rule.name,
          `a group must keep the kind of update it was made with (${got} averages), got settings that need ${wanted}`,
          "",
          "make a new optimizer to switch momentum or amsgrad on or off",
        ),
      );
  }

  /** Shows each parameter with its own part of the averages, in the order of the rule's slots, and its group. */
  protected visitState(
    visit: (parameter: Tensor, state: readonly Numbers[], group: ParameterGroup) => void,
  ): void {
    for (const [g, group] of this.groups.entries())
      for (const { parameter, place, state } of this.#entries[g]!)
        visit(
          parameter,
          state.map((span) => numbers(span).subarray(place.start, place.end)),
          group,
        );
  }

  /** A copy of all settings and averages, for saving. */
  stateDict(): OptimizerState {
    return {
      groups: this.groups.map(({ parameters: _, ...settings }) => settings),
      parameters: this.groups.flatMap((group, g) =>
        this.#entries[g]!.map(({ place, state, step }): ParameterState => {
          const slots = this.#rule.slots(group);
          const copies = slots.map(
            (slot, i) => [slot, numbers(state[i]!).slice(place.start, place.end)] as const,
          );
          return { step, ...Object.fromEntries<Numbers>(copies) };
        }),
      ),
    };
  }

  /**
   * Puts saved settings and averages back.
   *
   * @throws {RangeError} when groups, parameters or averages do not match; {ShapeError} when sizes differ. Nothing is changed then
   */
  loadStateDict(saved: OptimizerState): void {
    const entries = this.#entries.flat();
    const slots = this.groups.flatMap((group) => group.parameters.map(() => this.#rule.slots(group)));
    const sizes = entries.map(({ parameter }) => parameter.size);
    const read = readState(this.#rule.name, saved, this.groups.length, slots, sizes);
    const where = `${this.#rule.name}.loadStateDict`;
    const settings = read.groups.map((group) => {
      const { learningRate, ...others } = group as unknown as CommonSettings;
      // A schedule may have ended at 0, which no optimizer may start with.
      checkNumber(where, "learningRate", learningRate, { min: 0 });
      const checked = this.#rule.settings({ ...others, learningRate: learningRate || 1 } as Options, where);
      return { ...checked, learningRate };
    });
    for (const [g, group] of this.groups.entries()) Object.assign(group, settings[g]);
    for (const [i, entry] of entries.entries()) {
      const from = read.parameters[i]!;
      entry.step = from.step;
      for (const [s, slot] of slots[i]!.entries())
        numbers(entry.state[s]!).set(from[slot] as Numbers, entry.place.start);
    }
    this.#steps = Math.max(...entries.map(({ step }) => step));
  }
}
