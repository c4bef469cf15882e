// `widgets` of cells: one function for each kind of widget, and the two targets through which a page asks for them.
import type { Displays } from "../display/display.js";
import type { MimeBundle } from "../run/messages.js";
import type { Comms } from "./comm.js";
import { models } from "./models.js";
import { camelCase } from "./names.js";
import { SelectionWidget } from "./selection.js";
import { type Path, serialize } from "./serialize.js";
import {
  defineKind,
  isWidget,
  type State,
  Widget,
  type WidgetClass,
  type WidgetHost,
  type WidgetInput,
} from "./widget.js";

export type WidgetFactory = (options?: object) => Widget;

export interface Widgets {
  /** By kind: what cells see as `widgets`. */
  readonly factories: Readonly<Record<string, WidgetFactory>>;
  /** All that are open, by id. */
  readonly registry: ReadonlyMap<string, Widget>;
}

class ButtonWidget extends Widget {
  onClick(handler: () => void): () => void {
    return this.onMessage((content) => {
      if ((content as { event?: unknown } | null)?.event === "click") handler();
    });
  }
}

class OutputWidget extends Widget {
  show(...values: [unknown?]): void {
    const { bundleOf } = this.host;
    const put = (bundle: MimeBundle): void =>
      this.assign({ outputs: [{ output_type: "display_data", data: bundle, metadata: {} }] });
    if (values.length === 0) this.assign({ outputs: [] });
    else {
      const bundle = bundleOf(values[0]);
      if (bundle instanceof Promise) void bundle.then(put);
      else put(bundle);
    }
  }
}

/** An attribute of a link is named as cells name it; the page has its own name. */
class LinkWidget extends Widget {
  protected override toState(values: State): State {
    const state = super.toState(values);
    for (const end of ["source", "target"]) state[end] = readEnd(`${this.kind}.${end}`, state[end]);
    return state;
  }
}

function readEnd(name: string, end: unknown): unknown {
  const [widget, attribute] = Array.isArray(end) ? end : [];
  const names = isWidget(widget) ? Object.keys(models[widget.kindName]?.attributes ?? {}) : [];
  const found = names.find((each) => camelCase(each) === attribute || each === attribute);
  if (found !== undefined) return [widget, found];
  const help = names.length > 0 ? `\n  help: the attributes are ${names.map(camelCase).join(", ")}` : "";
  throw new TypeError(
    `${name}: must be a widget and the name of an attribute that the page has, such as [slider, "value"]${help}`,
  );
}

const bases: Readonly<Record<string, WidgetClass>> = {
  Button: ButtonWidget,
  Output: OutputWidget,
  Link: LinkWidget,
  DirectionalLink: LinkWidget,
};

export function makeWidgets(comms: Comms, displays: Pick<Displays, "bundleOf">): Widgets {
  const registry = new Map<string, Widget>();
  const classes = new Map<string, new (input: WidgetInput) => Widget>();

  const host: WidgetHost = {
    comms,
    registry,
    bundleOf: displays.bundleOf,
    make(kind, options = {}) {
      const model = models[kind];
      if (model === undefined) throw new Error(`bug: no kind of widget is called ${kind}`);
      if (typeof options !== "object" || options === null)
        throw new TypeError(`widgets.${kind}: the options must be an object, got ${String(options)}`);
      const base = bases[kind] ?? ("_options_labels" in model.attributes ? SelectionWidget : Widget);
      const Kind = classes.get(kind) ?? defineKind(kind, model, base);
      classes.set(kind, Kind);
      // a misspelled attribute is an error instead of a property that nobody reads
      return Object.preventExtensions(new Kind({ host, kind, model, options: { ...options } }));
    },
  };

  // a page that was loaded anew asks for everything at once
  comms.onOpen("jupyter.widget.control", (comm) => {
    comm.onMessage = (data) => {
      if (data.method !== "request_states") return;
      const paths: Path[] = [];
      const bytes: Uint8Array[] = [];
      const states = [...registry].map(([id, widget]) => {
        const { state, bufferPaths, buffers } = serialize(widget.pageState(), isWidget);
        paths.push(...bufferPaths.map((path) => [id, "state", ...path]));
        bytes.push(...buffers);
        const { _model_name, _model_module, _model_module_version } = state;
        const model = {
          model_name: _model_name,
          model_module: _model_module,
          model_module_version: _model_module_version,
        };
        return [id, { ...model, state }] as const;
      });
      comm.send(
        { method: "update_states", states: Object.fromEntries(states), buffer_paths: paths },
        { buffers: bytes },
      );
    };
  });

  const factories = Object.keys(models).map((kind) => [
    kind,
    named(kind, (options) => host.make(kind, options)),
  ]);
  return { registry, factories: Object.freeze(Object.fromEntries(factories)) };
}

function named(name: string, make: WidgetFactory): WidgetFactory {
  return Object.defineProperty(make, "name", { value: name });
}
