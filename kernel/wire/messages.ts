// Jupyter's messages as data, in the words of the protocol (hence snake_case, only here), version 5.5:
// https://jupyter-client.readthedocs.io/en/stable/messaging.html
// Requests come from outside and are read by requests.ts; replies and publications are ours.

/** The version announced in every header. 5.6 adds a registration handshake that this kernel does not have. */
export const protocolVersion = "5.5";

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601 */
  readonly date: string;
  readonly version: string;
}

export type Json = Record<string, unknown>;
export type MimeBundle = Record<string, unknown>;

export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  /** Never empty. */
  readonly traceback: readonly string[];
}

// --- requests, after their defaults are filled in

export interface ExecuteRequest {
  readonly code: string;
  readonly silent: boolean;
  readonly store_history: boolean;
  readonly user_expressions: Readonly<Record<string, string>>;
  readonly allow_stdin: boolean;
  readonly stop_on_error: boolean;
}

/** Positions count code points, not UTF-16 units. */
export interface CompleteRequest {
  readonly code: string;
  readonly cursor_pos: number;
}

export interface InspectRequest {
  readonly code: string;
  readonly cursor_pos: number;
  readonly detail_level: 0 | 1;
}

export interface HistoryRequest {
  readonly output: boolean;
  readonly hist_access_type: "tail" | "range" | "search";
  /** `range`: 0 is this session, negative numbers count back from it. */
  readonly session: number;
  readonly start: number;
  /** Exclusive; null: to the end. */
  readonly stop: number | null;
  readonly n: number | null;
  readonly pattern: string;
  readonly unique: boolean;
}

// --- replies

export type Payload =
  | { readonly source: "page"; readonly data: MimeBundle; readonly start: number }
  | { readonly source: "set_next_input"; readonly text: string; readonly replace: boolean };

export type UserExpression =
  | { readonly status: "ok"; readonly data: MimeBundle; readonly metadata: Json }
  | ({ readonly status: "error" } & ErrorContent);

export type ExecuteReply =
  | {
      readonly status: "ok";
      readonly execution_count: number;
      readonly payload: readonly Payload[];
      readonly user_expressions: Readonly<Record<string, UserExpression>>;
    }
  | ({ readonly status: "error"; readonly execution_count: number } & ErrorContent)
  | { readonly status: "aborted"; readonly execution_count: number };

export type ErrorReply = { readonly status: "error" } & ErrorContent;

export interface CompletionEntry {
  readonly text: string;
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

export interface CompleteReply {
  readonly status: "ok";
  readonly matches: readonly string[];
  readonly cursor_start: number;
  readonly cursor_end: number;
  readonly metadata: { readonly _jupyter_types_experimental: readonly CompletionEntry[] };
}

export interface InspectReply {
  readonly status: "ok";
  readonly found: boolean;
  readonly data: MimeBundle;
  readonly metadata: Json;
}

export type IsCompleteReply =
  | { readonly status: "complete" | "invalid" | "unknown" }
  | { readonly status: "incomplete"; readonly indent: string };

/** `[session, line, input]`, or `[session, line, [input, output]]` when output was asked for. */
export type HistoryEntry = readonly [
  session: number,
  line: number,
  input: string | readonly [input: string, output: string | null],
];

export interface KernelInfoReply {
  readonly status: "ok";
  readonly protocol_version: string;
  readonly implementation: string;
  readonly implementation_version: string;
  readonly language_info: {
    readonly name: string;
    readonly version: string;
    readonly mimetype: string;
    readonly file_extension: string;
    readonly pygments_lexer: string;
    /** A string, because front ends differ in how they read an object. */
    readonly codemirror_mode: string;
    readonly nbconvert_exporter: string;
  };
  readonly banner: string;
  readonly help_links: readonly { readonly text: string; readonly url: string }[];
  readonly debugger: boolean;
  readonly supported_features: readonly string[];
}

/** The content of each reply, by message type. Every `…_request` may also be answered by an error. */
export interface Replies {
  execute_reply: ExecuteReply;
  inspect_reply: InspectReply;
  complete_reply: CompleteReply;
  is_complete_reply: IsCompleteReply;
  history_reply: { readonly status: "ok"; readonly history: readonly HistoryEntry[] };
  comm_info_reply: {
    readonly status: "ok";
    readonly comms: Readonly<Record<string, { readonly target_name: string }>>;
  };
  kernel_info_reply: KernelInfoReply;
  connect_reply: { readonly status: "ok" } & Readonly<Record<string, unknown>>;
  shutdown_reply: { readonly status: "ok"; readonly restart: boolean };
  interrupt_reply: { readonly status: "ok" };
  debug_reply: Json;
}

// --- publications

/** The content of each message on iopub, by message type. */
export interface Publications {
  status: { readonly execution_state: "starting" | "busy" | "idle" };
  execute_input: { readonly code: string; readonly execution_count: number };
  stream: { readonly name: "stdout" | "stderr"; readonly text: string };
  display_data: {
    readonly data: MimeBundle;
    readonly metadata: Json;
    readonly transient: { readonly display_id?: string };
  };
  update_display_data: {
    readonly data: MimeBundle;
    readonly metadata: Json;
    readonly transient: { readonly display_id: string };
  };
  execute_result: { readonly execution_count: number; readonly data: MimeBundle; readonly metadata: Json };
  error: ErrorContent;
  clear_output: { readonly wait: boolean };
  comm_open: Json;
  comm_msg: Json;
  comm_close: Json;
  shutdown_reply: { readonly status: "ok"; readonly restart: boolean };
  iopub_welcome: { readonly subscription: string };
}

export interface InputRequest {
  readonly prompt: string;
  readonly password: boolean;
}
