// What a reader sees where no widget can be drawn: on GitHub, in a terminal, in a page without a kernel.

/** The part of a widget that is described. */
export interface Described {
  readonly kindName: string;
  values(): Readonly<Record<string, unknown>>;
}

export const NEEDS = "controls need a running kernel and ipywidgets";

/** One line for a control; for a box one line for each control inside. */
export function describeWidget(widget: Described): string {
  const lines = linesOf(widget);
  const [only = widget.kindName] = lines;
  return lines.length < 2 ? `${only} (${NEEDS})` : [...lines, `(${NEEDS})`].join("\n");
}

function linesOf(widget: Described): string[] {
  const { description, value, children, outputs } = widget.values();
  if (Array.isArray(children)) return (children as Described[]).flatMap(linesOf);
  if (outputs !== undefined || (value === undefined && !description)) return [];
  const name = description ? String(description) : widget.kindName;
  if (value === undefined) return [`[${name}]`]; // a button
  // not the value of now: the text stays as it is while the control is moved
  return [`${name}: ${kindOf(widget)}, starts at ${shorten(value)}`];
}

/** `slider 0.01 … 1` */
function kindOf(widget: Described): string {
  const { min, max, base, options, index } = widget.values();
  const kind = /Slider$/.test(widget.kindName) ? "slider" : widget.kindName.toLowerCase();
  if (Array.isArray(options)) {
    const shown = options.slice(0, 8).map(shorten).join(", ");
    const choice = index === undefined ? "suggestions" : kind === "slider" ? "slider" : "choices";
    return `${choice}: ${shown}${options.length > 8 ? ", …" : ""}`;
  }
  if (typeof min !== "number" || typeof max !== "number") return kind;
  if (typeof base === "number") return `logarithmic slider ${shorten(base ** min)} … ${shorten(base ** max)}`;
  return `${kind} ${min} … ${max}`;
}

function shorten(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  if (typeof value === "function") return value.name;
  if (Array.isArray(value)) return value.map(shorten).join(" … ");
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = typeof value === "object" && value !== null ? "…" : String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
