// A message on the wire is a list of byte frames:
//   identity… | <IDS|MSG> | signature | header | parent_header | metadata | content | buffer…
// The signature is the hex HMAC-SHA256 over the bytes of the four JSON frames, and it is verified on those bytes
// before anything is parsed. The request's header goes back into parent_header as the bytes that came.
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { type Header, type Json, protocolVersion } from "./messages.js";

const delimiter: Buffer = Buffer.from("<IDS|MSG>");

/** A message from outside whose signature was right and whose frames are JSON objects. */
export interface IncomingMessage {
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  /** The bytes of the header: the parent of every answer. */
  readonly headerBytes: Uint8Array;
  readonly parentHeader: Json;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Uint8Array[];
}

export interface OutgoingMessage {
  /** Where it goes: the identities of the request, or one topic on iopub. */
  readonly identities: readonly (Uint8Array | string)[];
  readonly type: string;
  /** Header bytes of the request that this message belongs to. */
  readonly parent?: Uint8Array;
  readonly content: object;
  readonly metadata?: object;
  readonly buffers?: readonly Uint8Array[];
}

/** A list of frames that is not a message, or not from who it should be. The receiver drops it and lives on. */
export class WireError extends Error {
  override readonly name: string = "WireError";
}

export interface CodecOptions {
  /** Empty: messages are neither signed nor checked. */
  readonly key: string;
  /** One for the life of a process; default a new UUID. */
  readonly session?: string;
  readonly username?: string;
}

/** Turns messages into signed frames and back. */
export class MessageCodec {
  readonly session: string;
  readonly #key: string;
  readonly #username: string;

  constructor({ key, session = randomUUID(), username = "kernel" }: CodecOptions) {
    this.#key = key;
    this.session = session;
    this.#username = username;
  }

  /** @returns the frames, and the id of the new message */
  encode(message: OutgoingMessage): { frames: (Uint8Array | string)[]; id: string } {
    const { identities, type, parent, content, metadata = {}, buffers = [] } = message;
    const id = randomUUID();
    const header: Header = {
      msg_id: id,
      msg_type: type,
      session: this.session,
      username: this.#username,
      date: new Date().toISOString(),
      version: protocolVersion,
    };
    const parts = [
      Buffer.from(JSON.stringify(header)),
      parent ?? Buffer.from("{}"),
      Buffer.from(JSON.stringify(metadata)),
      Buffer.from(JSON.stringify(content)),
    ];
    return { frames: [...identities, delimiter, this.#sign(parts), ...parts, ...buffers], id };
  }

  /** @throws {WireError} when a frame is missing, the signature is wrong, or a frame is not a JSON object */
  decode(frames: readonly Uint8Array[]): IncomingMessage {
    const at = frames.findIndex((frame) => delimiter.equals(frame));
    if (at < 0) throw new WireError("decode: a message must contain <IDS|MSG>, got none");
    const [signature, ...rest] = frames.slice(at + 1);
    const parts = rest.slice(0, 4);
    const [header, parent, metadata, content] = parts;
    if (!signature || !header || !parent || !metadata || !content)
      throw new WireError(
        `decode: a message must have 5 frames after <IDS|MSG>, got ${frames.length - at - 1}`,
      );
    this.#verify(signature, parts);
    return {
      identities: frames.slice(0, at),
      header: toHeader(toObject(header, "header")),
      headerBytes: header,
      parentHeader: toObject(parent, "parent_header"),
      metadata: toObject(metadata, "metadata"),
      content: toObject(content, "content"),
      buffers: rest.slice(4),
    };
  }

  #sign(parts: readonly Uint8Array[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  #verify(signature: Uint8Array, parts: readonly Uint8Array[]): void {
    if (this.#key === "") return;
    const expected = Buffer.from(this.#sign(parts));
    // timingSafeEqual: how long the comparison takes must not tell how much of a guess was right
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
      throw new WireError("decode: the signature must be the HMAC of the message, got another");
  }
}

function toObject(bytes: Uint8Array, name: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch {
    throw new WireError(`decode: ${name} must be JSON, got ${bytes.length} bytes that are not`);
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new WireError(`decode: ${name} must be a JSON object, got ${JSON.stringify(value)}`);
  return value as Json;
}

function toHeader(header: Json): Header {
  for (const field of ["msg_id", "msg_type"])
    if (typeof header[field] !== "string")
      throw new WireError(`decode: header.${field} must be a string, got ${JSON.stringify(header[field])}`);
  return header as unknown as Header;
}
