// Widgets that choose from a list. The page knows the labels and the position of what is chosen; the values stay here.
import { show } from "./checkValue.js";
import { type State, Widget, type WidgetInput } from "./widget.js";

/** Labels and values of the options, and how the position of a choice is written. */
interface Options {
  readonly labels: readonly string[];
  readonly values: readonly unknown[];
}

/** `SelectMultiple` and `SelectionRangeSlider` have a list of positions, the others one position or null. */
type Index = number | null | readonly number[];

export class SelectionWidget extends Widget {
  /** Set by the first `toState`, which the base class calls: so it has no initial value, and the functions below no `this`. */
  declare protected chosenFrom: Options;

  constructor(input: WidgetInput) {
    if (!("options" in input.options))
      throw new TypeError(
        `widgets.${input.kind}: options must be given, such as { options: ["sgd", "adam"] }`,
      );
    super(input);
  }

  get options(): readonly unknown[] {
    return this.chosenFrom.values;
  }
  set options(options: readonly unknown[]) {
    this.assign({ options });
  }

  get value(): unknown {
    return at(this.chosenFrom.values, this.read("index") as Index);
  }
  set value(value: unknown) {
    this.assign({ value });
  }

  get label(): unknown {
    return at(this.chosenFrom.labels, this.read("index") as Index);
  }
  set label(label: unknown) {
    this.assign({ label });
  }

  override values(): State {
    const { optionsLabels: _, ...rest } = super.values();
    return { ...rest, options: this.options, value: this.value, label: this.label };
  }

  override ownValues(): State {
    const { optionsLabels: _, index: __, ...rest } = super.ownValues();
    return { value: this.value, options: this.options, ...rest };
  }

  protected override optionNames(names: readonly string[]): readonly string[] {
    return ["options", "value", "label", ...names.filter((name) => name !== "optionsLabels")];
  }

  protected override toState(values: State): State {
    const { options, value, label, ...rest } = values;
    const state = super.toState(rest);
    const { kind } = this;
    // an error must leave what is offered as it was
    const offered = "options" in values ? readOptions(kind, options) : this.chosenFrom;
    if ("options" in values) {
      state._options_labels = offered.labels;
      state.index ??= firstIndex(kind);
    }
    if ("label" in values) state.index = find(kind, "label", offered, offered.labels, label);
    if ("value" in values) state.index = find(kind, "value", offered, offered.values, value);
    checkIndex(kind, offered.labels.length, state.index as Index | undefined);
    this.chosenFrom = offered;
    return state;
  }
}

const takesSeveral = (kind: string): boolean => kind === "SelectMultiple" || kind === "SelectionRangeSlider";

/** The first option; none, where several can be chosen. */
function firstIndex(kind: string): Index {
  if (kind === "SelectMultiple") return [];
  return kind === "SelectionRangeSlider" ? [0, 0] : 0;
}

function at(list: readonly unknown[], index: Index): unknown {
  if (index === null) return null;
  return typeof index === "number" ? list[index] : index.map((i) => list[i]);
}

function find(
  kind: string,
  what: string,
  { labels }: Options,
  list: readonly unknown[],
  wanted: unknown,
): Index {
  const position = (item: unknown): number => {
    const found = list.findIndex((each) => Object.is(each, item));
    if (found >= 0) return found;
    throw new RangeError(
      `${kind}.${what}: must be one of the options (${labels.join(", ")}), got ${show(item)}`,
    );
  };
  if (!takesSeveral(kind)) return wanted === null && !list.includes(null) ? null : position(wanted);
  if (!Array.isArray(wanted))
    throw new TypeError(`${kind}.${what}: must be a list of options, got ${show(wanted)}`);
  return wanted.map(position);
}

function checkIndex(kind: string, n: number, index: Index | undefined): void {
  for (const i of [index ?? []].flat() as number[]) {
    if (!Number.isInteger(i) || i < 0 || i >= n)
      throw new RangeError(`${kind}.index: must be a whole number from 0 to ${n - 1}, got ${show(i)}`);
  }
}

/** A list of values, or of pairs of a label and a value. */
function readOptions(kind: string, options: unknown): Options {
  if (!Array.isArray(options) || options.length === 0)
    throw new TypeError(`${kind}.options: must be a list with at least one option, got ${show(options)}`);
  const isPair = (option: unknown): option is [string, unknown] =>
    Array.isArray(option) && option.length === 2 && typeof option[0] === "string";
  if (options.every(isPair))
    return { labels: options.map(([label]) => label), values: options.map(([, value]) => value) };
  return { labels: options.map((option) => labelOf(kind, option)), values: [...options] };
}

function labelOf(kind: string, option: unknown): string {
  if (typeof option === "function" && option.name !== "") return option.name;
  if (option !== null && (typeof option === "object" || typeof option === "function")) {
    throw new TypeError(
      `${kind}.options: an option must be a text, a number, a boolean or a named function, got ${show(option)}\n` +
        '  help: give each option as a pair of its label and its value, such as ["Adam", new Adam(…)]',
    );
  }
  return String(option);
}
