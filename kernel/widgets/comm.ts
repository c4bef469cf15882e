// The session's end of comms: named two-way links between a cell and the page, which widgets are made of.
import { randomUUID } from "node:crypto";
import type { SendFrame } from "../run/frames.js";
import type { CommKind } from "../run/messages.js";

export type CommData = Record<string, unknown>;

export interface CommOptions {
  readonly metadata?: Record<string, unknown>;
  readonly buffers?: readonly Uint8Array[];
}

export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: CommData, options?: CommOptions): void;
  close(data?: CommData): void;
  onMessage?: (data: CommData, buffers: readonly Uint8Array[]) => void;
  onClose?: (data: CommData) => void;
}

export type OpenHandler = (comm: Comm, data: CommData, buffers: readonly Uint8Array[]) => void;

export interface Comms {
  open(target: string, data?: CommData, options?: CommOptions): Comm;
  /** Calls `handler` for each comm that the page opens to `target`. */
  onOpen(target: string, handler: OpenHandler): void;
  /** A message from the page; it may run handlers of the user. */
  receive(kind: CommKind, content: Record<string, unknown>, buffers: readonly string[]): void;
}

export function makeComms(send: SendFrame, currentCell: () => number): Comms {
  const open = new Map<string, Comm>();
  const handlers = new Map<string, OpenHandler>();

  const publish = (
    kind: CommKind,
    content: CommData,
    { metadata = {}, buffers = [] }: CommOptions = {},
  ): void =>
    send({
      t: "comm",
      kind,
      content,
      metadata,
      buffers: buffers.map((bytes) =>
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
      ),
      cell: currentCell(),
    });

  const makeComm = (id: string, target: string): Comm => {
    const comm: Comm = {
      id,
      target,
      send(data, options) {
        if (!open.has(id))
          throw new Error(`comm.send: the comm must be open, got a closed one (target ${target})`);
        publish("comm_msg", { comm_id: id, data }, options);
      },
      close(data = {}) {
        if (open.delete(id)) publish("comm_close", { comm_id: id, data });
      },
    };
    open.set(id, comm);
    return comm;
  };

  return {
    open(target, data = {}, options) {
      const comm = makeComm(randomUUID().replaceAll("-", ""), target);
      publish("comm_open", { comm_id: comm.id, target_name: target, data }, options);
      return comm;
    },
    onOpen: (target, handler) => handlers.set(target, handler),
    receive(kind, content, encoded) {
      const id = String(content.comm_id);
      const data = (content.data ?? {}) as CommData;
      const buffers = encoded.map((text) => new Uint8Array(Buffer.from(text, "base64")));
      if (kind === "comm_open") {
        const target = String(content.target_name);
        const handler = handlers.get(target);
        if (handler === undefined) publish("comm_close", { comm_id: id, data: {} });
        else handler(makeComm(id, target), data, buffers);
        return;
      }
      const comm = open.get(id);
      if (kind === "comm_msg") comm?.onMessage?.(data, buffers);
      else if (comm !== undefined) {
        open.delete(id);
        comm.onClose?.(data);
      }
    },
  };
}
