// Widgets and interactions with their real parts, in this process; what they send is in `frames`.
import { makeCaptures } from "../../kernel/display/capture.js";
import { type Displays, makeDisplays } from "../../kernel/display/display.js";
import { attributeByContext } from "../../kernel/run/attribution.js";
import { makeErrorFormatter } from "../../kernel/run/errors.js";
import type { FromSession } from "../../kernel/run/messages.js";
import { type Comms, makeComms } from "../../kernel/widgets/comm.js";
import { type Interactions, makeInteractions } from "../../kernel/widgets/interact.js";
import type { Widget } from "../../kernel/widgets/widget.js";
import { makeWidgets, type Widgets } from "../../kernel/widgets/widgets.js";

type CommFrame = Extract<FromSession, { t: "comm" }>;
/** A widget with its accessors. */
// biome-ignore lint/suspicious/noExplicitAny: the accessors are made at run time; cells have their types
export type AnyWidget = Widget & Record<string, any>;

export interface WidgetParts {
  readonly frames: FromSession[];
  readonly comms: Comms;
  readonly widgets: Widgets;
  readonly displays: Displays;
  readonly interactions: Interactions;
  /** What `console.log` does. */
  print(text: string): void;
  make(kind: string, options?: object): AnyWidget;
  /** Data of the comm messages since the last call, with the buffers when there are any. */
  sent(): { kind: string; id: unknown; data: Record<string, unknown>; buffers?: readonly string[] }[];
  /** A message of the page to a widget. */
  fromPage(widget: Widget, data: object, buffers?: readonly Uint8Array[]): void;
  /** Runs code as a cell. */
  inCell<T>(cell: number, code: () => T): T;
}

export function widgetParts(): WidgetParts {
  const frames: FromSession[] = [];
  const attribution = attributeByContext();
  const captures = makeCaptures((frame) => void frames.push(frame), attribution);
  const { send } = captures;
  const comms = makeComms(send, attribution.current);
  const displays = makeDisplays({ send, currentCell: attribution.current, report: () => {} });
  const widgets = makeWidgets(comms, displays);
  const { toCellError } = makeErrorFormatter("/gradbook", "/nb");
  const interactions = makeInteractions({
    widgets,
    displays,
    captures,
    send,
    currentCell: attribution.current,
    toCellError,
  });
  let read = 0;
  return {
    frames,
    comms,
    widgets,
    displays,
    interactions,
    print: (text) => send({ t: "stream", name: "stdout", text, cell: attribution.current() }),
    make(kind, options) {
      const make = widgets.factories[kind];
      if (make === undefined) throw new Error(`no widget ${kind}`);
      return make(options) as AnyWidget;
    },
    sent() {
      const news = frames.slice(read).filter((frame): frame is CommFrame => frame.t === "comm");
      read = frames.length;
      return news.map(({ kind, content, buffers }) => ({
        kind,
        id: content.comm_id,
        data: (content.data ?? {}) as Record<string, unknown>,
        ...(buffers.length > 0 && { buffers }),
      }));
    },
    fromPage(widget, data, buffers = []) {
      const encoded = buffers.map((bytes) => Buffer.from(bytes).toString("base64"));
      comms.receive("comm_msg", { comm_id: widget.id, data }, encoded);
    },
    inCell: (cell, code) => attribution.run(cell, code),
  };
}
