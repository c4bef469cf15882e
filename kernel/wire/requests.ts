// Requests come from programs that we do not know. Each reader fills in the protocol's defaults, ignores what it does
// not know, and refuses what it cannot use; the refusal becomes the error reply.
import type { CompleteRequest, ExecuteRequest, HistoryRequest, InspectRequest, Json } from "./messages.js";

export function readExecuteRequest(content: Json): ExecuteRequest {
  const silent = flag(content, "silent", false);
  return {
    code: text(content, "execute_request", "code"),
    silent,
    // silent forces store_history off
    store_history: !silent && flag(content, "store_history", true),
    user_expressions: expressions(content.user_expressions),
    allow_stdin: flag(content, "allow_stdin", true),
    stop_on_error: flag(content, "stop_on_error", true),
  };
}

export function readCompleteRequest(content: Json): CompleteRequest {
  const code = text(content, "complete_request", "code");
  return { code, cursor_pos: integer(content.cursor_pos) ?? code.length };
}

export function readInspectRequest(content: Json): InspectRequest {
  const code = text(content, "inspect_request", "code");
  return {
    code,
    cursor_pos: integer(content.cursor_pos) ?? code.length,
    detail_level: content.detail_level === 1 ? 1 : 0,
  };
}

export function readHistoryRequest(content: Json): HistoryRequest {
  const kind = content.hist_access_type;
  if (kind !== "tail" && kind !== "range" && kind !== "search")
    throw new RangeError(
      `history_request: hist_access_type must be "tail", "range" or "search", got ${JSON.stringify(kind)}`,
    );
  return {
    output: flag(content, "output", false),
    hist_access_type: kind,
    session: integer(content.session) ?? 0,
    start: integer(content.start) ?? 0,
    stop: integer(content.stop),
    n: integer(content.n),
    pattern: typeof content.pattern === "string" ? content.pattern : "*",
    unique: flag(content, "unique", false),
  };
}

export const readIsCompleteRequest = (content: Json): { code: string } => ({
  code: text(content, "is_complete_request", "code"),
});

export const readShutdownRequest = (content: Json): { restart: boolean } => ({
  restart: flag(content, "restart", false),
});

/** null: comms of every target. */
export const readCommInfoRequest = (content: Json): { target_name: string | null } => ({
  target_name: typeof content.target_name === "string" ? content.target_name : null,
});

function text(content: Json, request: string, field: string): string {
  const value = content[field];
  if (typeof value !== "string")
    throw new TypeError(`${request}: ${field} must be a string, got ${JSON.stringify(value)}`);
  return value;
}

const flag = (content: Json, field: string, fallback: boolean): boolean =>
  typeof content[field] === "boolean" ? content[field] : fallback;

const integer = (value: unknown): number | null => (Number.isInteger(value) ? (value as number) : null);

function expressions(value: unknown): Record<string, string> {
  if (value === null || typeof value !== "object") return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
