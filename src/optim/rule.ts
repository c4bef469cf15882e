// The seam between the arithmetic of an optimizer and the place where its numbers live. A rule is a few small functions
// over flat arrays: Optimizer (optimizer.ts) runs them on the arena of a model, pureRule (pureRule.ts) on copies of what
// the caller passes. Adding an optimizer means writing one rule and a class of ten lines that names its options.
import type { Numbers, Span, UpdateRule } from "../engine/engine.js";

/** Settings every optimizer has. */
export interface CommonSettings {
  learningRate: number;
  weightDecay: number;
}

/** Where a step works: the numbers `start` to `end - 1` of spans that share one layout. */
export interface Run {
  readonly parameters: Span;
  readonly gradients: Span;
  /** In the order of the rule's slots. */
  readonly state: readonly Span[];
  readonly start: number;
  readonly end: number;
  /** Shape of the parameter when the rule is `perParameter`, else empty. */
  readonly shape: readonly number[];
}

/** One optimizer's arithmetic. `Options` are as a user writes them, `Settings` have every default filled in. */
export interface Rule<Options, Settings extends CommonSettings> {
  /** Name of the class, for messages. */
  readonly name: string;

  /** Fills in the defaults and checks the values; unknown keys throw. `where` is the caller named in messages. */
  settings(options: Options, where: string): Settings;

  /** Names of the state arrays under these settings; each has one number per parameter number. */
  slots(settings: Settings): readonly string[];

  /** The number every element of a slot starts at; 0 when left out. */
  start?(settings: Settings, slot: string): number;

  /**
   * Writes what is equal for all numbers in step `step` (counted from 1): bias corrections, the decayed learning rate.
   * `apply` and the engine read the numbers by position; a comment in each rule names the positions.
   */
  prepare(settings: Settings, step: number, numbers: number[]): void;

  /** The engine's fast form of the same rule, or null when these settings have none. */
  fastRule(settings: Settings): UpdateRule | null;

  /**
   * The update itself, in place, for the numbers from `start` to `end - 1`: the readable form, run where the engine has
   * no fast one and for float64.
   *
   * @param p parameters, g gradients and the state arrays named by `slots`: all with the same layout
   * @param shape shape of the parameter when `perParameter` is set, else empty
   */
  apply(
    p: Numbers,
    g: Numbers,
    state: readonly Numbers[],
    start: number,
    end: number,
    numbers: readonly number[],
    shape: readonly number[],
  ): void;

  /** Set by rules that need norms of whole parameters (AdamP): `apply` is then called once per parameter. */
  readonly perParameter?: true;

  /**
   * The same update put together from several engine operations, for float32 rules that one `fastRule` cannot express. Returns
   * false, with nothing changed, where the engine has no fast form; `apply` runs then.
   */
  fastStep?(run: Run, numbers: readonly number[]): boolean;
}
