// One widget: state that a cell and the page share over a comm (protocol 2.1 of Jupyter's widgets; the page brings the looks).
// The kinds are not written by hand: `defineKind` makes a class with one accessor for each attribute of a model.
import { inspect } from "node:util";
import type { MimeBundle } from "../run/messages.js";
import { fitBounds } from "./bounds.js";
import { checkValue } from "./checkValue.js";
import type { Comm, CommData, Comms } from "./comm.js";
import { describeWidget } from "./describe.js";
import type { WidgetModel } from "./model.js";
import { camelCase } from "./names.js";
import { deserialize, type Path, serialize } from "./serialize.js";

/** Values by the names of the protocol. */
export type State = Record<string, unknown>;
type Observer = (value: unknown, previous: unknown) => void;
type MessageHandler = (content: unknown, buffers: readonly Uint8Array[]) => void;

/** What widgets need around them. */
export interface WidgetHost {
  readonly comms: Comms;
  /** All that are open, by id. */
  readonly registry: Map<string, Widget>;
  make(kind: string, options?: object): Widget;
  /** A value as the page shows it. */
  bundleOf(value: unknown): MimeBundle | Promise<MimeBundle>;
}

export interface WidgetInput {
  readonly host: WidgetHost;
  readonly kind: string;
  readonly model: WidgetModel;
  /** By the names that cells use. */
  readonly options: State;
}

const PROTOCOL = "2.1.0";

export class Widget {
  readonly id: string;
  protected readonly kind: string;
  protected readonly host: WidgetHost;
  readonly #model: WidgetModel;
  readonly #state: State = {};
  readonly #comm: Comm;
  readonly #observers = new Map<string, Set<Observer>>();
  readonly #messageHandlers = new Set<MessageHandler>();
  /** Layout and style that were made for this widget and go with it. */
  readonly #own: Widget[] = [];

  constructor({ host, kind, model, options }: WidgetInput) {
    this.host = host;
    this.kind = kind;
    this.#model = model;
    for (const [name, { type, default: value }] of Object.entries(model.attributes))
      this.#state[name] = type === "bytes" ? new Uint8Array(0) : value;
    this.#prepare(this.toState(options));
    this.#makeParts();
    const { state, bufferPaths, buffers } = serialize(this.pageState(), isWidget);
    this.#comm = host.comms.open(
      "jupyter.widget",
      { state, buffer_paths: bufferPaths },
      { metadata: { version: PROTOCOL }, buffers },
    );
    this.id = this.#comm.id;
    this.#comm.onMessage = (data, bytes) => this.#receive(data, bytes);
    this.#comm.onClose = () => host.registry.delete(this.id);
    host.registry.set(this.id, this);
  }

  /** The value of an attribute, by its name in the protocol. */
  read(name: string): unknown {
    return this.#state[name];
  }

  /** Sets attributes, by the names that cells use; the page gets those that changed in one message. */
  assign(values: State): void {
    this.#change(this.toState(values));
  }

  observe(name: string, handler: Observer): () => void {
    const names = Object.keys(this.values());
    if (!names.includes(name)) {
      throw new TypeError(
        `${this.kind}.observe: no attribute "${name}"\n  help: the attributes are ${names.join(", ")}`,
      );
    }
    const handlers = this.#observers.get(name) ?? new Set();
    this.#observers.set(name, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  onMessage(handler: MessageHandler): () => void {
    this.#messageHandlers.add(handler);
    return () => void this.#messageHandlers.delete(handler);
  }

  send(content: unknown, buffers: readonly Uint8Array[] = []): void {
    this.#comm.send({ method: "custom", content }, { buffers });
  }

  close(): void {
    if (!this.host.registry.delete(this.id)) return;
    this.#comm.close();
    for (const part of this.#own) part.close();
  }

  /** Everything the page needs to show this widget, by the names of the protocol. */
  pageState(): State {
    const { module, version, view } = this.#model;
    // of fifty CSS properties the page needs those that are set
    const isLayout = this.kind === "Layout";
    const set = Object.entries(this.#state).filter(([, value]) => !isLayout || value !== null);
    return {
      _model_module: module,
      _model_module_version: version,
      _model_name: `${this.kind}Model`,
      _view_module: view.module,
      _view_module_version: view.version,
      _view_name: view.name,
      ...Object.fromEntries(set),
    };
  }

  /** All attributes by the names that cells use. */
  values(): State {
    return Object.fromEntries(Object.entries(this.#state).map(([name, value]) => [camelCase(name), value]));
  }

  /** Attributes that are not what they were when nothing was said, by the names that cells use. */
  ownValues(): State {
    const { attributes } = this.#model;
    return Object.fromEntries(
      Object.entries(this.#state)
        .filter(
          ([name, value]) =>
            !isSame(value, attributes[name]?.default) && !this.#own.includes(value as Widget),
        )
        .map(([name, value]) => [camelCase(name), value]),
    );
  }

  get hasView(): boolean {
    return this.#model.view.name !== null;
  }

  get kindName(): string {
    return this.kind;
  }

  /** From the names that cells use to those of the protocol. */
  protected toState(values: State): State {
    const { attributes } = this.#model;
    const names = new Map(Object.keys(attributes).map((name) => [camelCase(name), name]));
    return Object.fromEntries(
      Object.entries(values).map(([key, value]) => {
        const name = names.get(key);
        if (name === undefined) {
          const known = this.optionNames([...names.keys()]).join(", ");
          throw new TypeError(
            `widgets.${this.kind}: unknown attribute "${key}"\n  help: the attributes are ${known}`,
          );
        }
        return [name, value];
      }),
    );
  }

  /** Names that may be given, for messages. */
  protected optionNames(names: readonly string[]): readonly string[] {
    return names;
  }

  [Symbol.for("Jupyter.display")](): MimeBundle {
    if (!this.hasView) return { "text/plain": inspect(this) };
    return {
      "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 0, model_id: this.id },
      "text/plain": describeWidget(this),
    };
  }

  [inspect.custom](_depth: number, options: object): string {
    return `${this.kind} ${inspect(this.ownValues(), { ...options, depth: 1 })}`;
  }

  /** Checks `changes` and puts them into the state. */
  #prepare(changes: State, isFromPage = false): State {
    const { attributes } = this.#model;
    for (const [name, value] of Object.entries(changes)) {
      const attribute = attributes[name];
      if (attribute === undefined) continue;
      if (attribute.widget !== undefined && isPlainObject(value)) {
        const part = this.host.make(attribute.widget, value);
        this.#own.push(part);
        changes[name] = part;
      } else checkValue(`${this.kind}.${camelCase(name)}`, attribute, value, isWidget);
    }
    // the page keeps its own bounds, and reads ours a moment later
    if (!isFromPage)
      Object.assign(changes, fitBounds(this.kind, this.#model, { ...this.#state, ...changes }, changes));
    Object.assign(this.#state, changes);
    return changes;
  }

  #makeParts(): void {
    for (const [name, { widget }] of Object.entries(this.#model.attributes)) {
      if (widget === undefined || this.#state[name] !== null) continue;
      const part = this.host.make(widget);
      this.#own.push(part);
      this.#state[name] = part;
    }
  }

  #change(changes: State, isFromPage = false): void {
    const before = this.values();
    const old = { ...this.#state };
    const news = Object.entries(this.#prepare(changes, isFromPage)).filter(
      ([name, value]) => !isSame(value, old[name]),
    );
    if (news.length > 0 && !isFromPage) this.#update(Object.fromEntries(news));
    const after = this.values();
    for (const [name, handlers] of this.#observers) {
      if (isSame(before[name], after[name])) continue;
      for (const handler of [...handlers]) handler(after[name], before[name]);
    }
  }

  #update(changes: State, method: "update" | "echo_update" = "update"): void {
    if (!this.host.registry.has(this.id)) return;
    const { state, bufferPaths, buffers } = serialize(changes, isWidget);
    this.#comm.send({ method, state, buffer_paths: bufferPaths }, { buffers });
  }

  #receive(data: CommData, buffers: readonly Uint8Array[]): void {
    if (data.method === "request_state") this.#update(this.pageState());
    else if (data.method === "custom") {
      for (const handler of [...this.#messageHandlers]) handler(data.content, buffers);
    } else if (data.method === "update") this.#receiveUpdate(data, buffers);
  }

  /** Other pages are told first, then what depends on the change here. */
  #receiveUpdate(data: CommData, buffers: readonly Uint8Array[]): void {
    const written = (data.state ?? {}) as State;
    const paths = (data.buffer_paths ?? []) as readonly Path[];
    this.#comm.send({ method: "echo_update", state: written, buffer_paths: paths }, { buffers });
    const state = deserialize({ state: written, bufferPaths: paths, buffers }, (id) =>
      this.host.registry.get(id),
    );
    const { attributes } = this.#model;
    const known = Object.fromEntries(Object.entries(state).filter(([name]) => name in attributes));
    this.#change(known, true);
  }
}

export function isWidget(value: unknown): value is Widget {
  return value instanceof Widget;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Lists are the same when their items are. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  return Object.is(a, b);
}

export type WidgetClass = new (input: WidgetInput) => Widget;

/** A class named `kind` with an accessor for each attribute of the model. */
export function defineKind(kind: string, model: WidgetModel, base: WidgetClass): WidgetClass {
  const Kind = { [kind]: class extends base {} }[kind] as WidgetClass;
  for (const name of Object.keys(model.attributes)) {
    const key = camelCase(name);
    if (key in base.prototype) continue; // a selection computes some of them
    Object.defineProperty(Kind.prototype, key, {
      get(this: Widget) {
        return this.read(name);
      },
      set(this: Widget, value: unknown) {
        this.assign({ [key]: value });
      },
      enumerable: true,
      configurable: true,
    });
  }
  return Kind;
}
