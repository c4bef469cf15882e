// The state of Jupyter widgets, collected from a kernel's comm messages into the metadata of a notebook, so that a page without
// a kernel can draw them.
// Source: https://ipywidgets.readthedocs.io/en/stable/embedding.html (schema v2/state of @jupyter-widgets/schema)

import type { IncomingMessage } from "../../kernel/wire/frames.js";
import type { Metadata } from "./notebook.js";

type State = Record<string, unknown>;
type Path = readonly (string | number)[];

interface Model {
  state: State;
  /** Bytes of the state, by the JSON text of their path. */
  readonly buffers: Map<string, Uint8Array>;
}

const TARGET = "jupyter.widget";
const STATE_MIME = "application/vnd.jupyter.widget-state+json";

export class WidgetStates {
  readonly #models = new Map<string, Model>();

  /** Takes a message of the kernel; what is not of a widget is ignored. */
  receive({ header, content, buffers }: Pick<IncomingMessage, "header" | "content" | "buffers">): void {
    const id = String(content.comm_id);
    const data = (content.data ?? {}) as { method?: unknown; state?: State; buffer_paths?: readonly Path[] };
    if (header.msg_type === "comm_close") this.#models.delete(id);
    else if (header.msg_type === "comm_open" && content.target_name === TARGET) {
      this.#models.set(id, { state: {}, buffers: new Map() });
      this.#apply(id, data, buffers);
    } else if (header.msg_type === "comm_msg" && data.method === "update") this.#apply(id, data, buffers);
  }

  /** What a notebook's metadata has under `widgets`; undefined when no widget is there. */
  metadata(): Metadata | undefined {
    if (this.#models.size === 0) return undefined;
    const state = [...this.#models].map(([id, model]) => [id, saved(model)]);
    return { [STATE_MIME]: { version_major: 2, version_minor: 0, state: Object.fromEntries(state) } };
  }

  #apply(
    id: string,
    { state = {}, buffer_paths: paths = [] }: { state?: State; buffer_paths?: readonly Path[] },
    buffers: readonly Uint8Array[],
  ): void {
    const model = this.#models.get(id);
    if (model === undefined) return;
    // an attribute that is set anew has lost the bytes it had
    const changed = new Set([...Object.keys(state), ...paths.map(([name]) => String(name))]);
    for (const path of [...model.buffers.keys()])
      if (changed.has(String((JSON.parse(path) as Path)[0]))) model.buffers.delete(path);
    model.state = { ...model.state, ...structuredClone(state) };
    paths.forEach((path, i) => {
      const bytes = buffers[i];
      if (bytes !== undefined) model.buffers.set(JSON.stringify(path), bytes);
    });
  }
}

function saved({ state, buffers }: Model): Metadata {
  const { _model_name, _model_module, _model_module_version } = state;
  return {
    model_name: _model_name,
    model_module: _model_module,
    model_module_version: _model_module_version,
    state,
    ...(buffers.size > 0 && {
      buffers: [...buffers].map(([path, bytes]) => ({
        path: JSON.parse(path),
        data: Buffer.from(bytes).toString("base64"),
        encoding: "base64",
      })),
    }),
  };
}
