// Which comms are open, and towards which target. The handlers live in the session; here is what comm_info_request asks
// for and what must be closed when the session is gone.
import type { FromSession } from "../run/messages.js";
import type { Json } from "../wire/messages.js";
import type { Messenger } from "./messenger.js";

type CommFrame = Extract<FromSession, { t: "comm" }>;

export class Comms {
  readonly #messenger: Messenger;
  readonly #targets = new Map<string, string>();

  constructor(messenger: Messenger) {
    this.#messenger = messenger;
  }

  /** A comm message from the session: recorded and published. */
  fromSession({ kind, content, metadata, buffers }: CommFrame, parent: Uint8Array | undefined): void {
    this.#record(kind, content);
    const bytes = buffers.map((buffer) => Buffer.from(buffer, "base64"));
    this.#messenger.publish(kind, parent, content, metadata, bytes);
  }

  /** A comm message from a front end: recorded. Returns false when it names no comm. */
  fromFrontEnd(kind: string, content: Json): boolean {
    if (typeof content.comm_id !== "string") return false;
    this.#record(kind, content);
    return true;
  }

  /** Open comms, those of one target when it is named. */
  info(target: string | null): Record<string, { target_name: string }> {
    const open = [...this.#targets].filter(([, name]) => target === null || name === target);
    return Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }]));
  }

  /** Tells the front ends that no comm is left. */
  closeAll(parent: Uint8Array | undefined): void {
    for (const id of this.#targets.keys())
      this.#messenger.publish("comm_close", parent, { comm_id: id, data: {} });
    this.#targets.clear();
  }

  #record(kind: string, content: Json): void {
    const id = String(content.comm_id);
    if (kind === "comm_open") this.#targets.set(id, String(content.target_name));
    if (kind === "comm_close") this.#targets.delete(id);
  }
}
