// The messages this kernel sends, checked at run time: by the protocol tests, which check every message they receive,
// and by the kernel itself while it writes a log. Written apart from messages.ts on purpose: the types say what the
// code means to send, this says what the protocol allows.

/** Returns what is wrong with the value, each problem with its place; empty when nothing is. */
type Check = (value: unknown, place: string) => string[];

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
const is =
  (what: string, test: (value: unknown) => boolean): Check =>
  (value, place) =>
    test(value) ? [] : [`${place} must be ${what}, got ${show(value)}`];

const string: Check = is("a string", (value) => typeof value === "string");
const boolean: Check = is("a boolean", (value) => typeof value === "boolean");
const count: Check = is("an integer >= 0", (value) => Number.isInteger(value) && (value as number) >= 0);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const object: Check = is("an object", isObject);
const oneOf = (...values: readonly unknown[]): Check =>
  is(values.map((value) => JSON.stringify(value)).join(" or "), (value) => values.includes(value));

const arrayOf =
  (item: Check, least = 0): Check =>
  (value, place) => {
    if (!Array.isArray(value)) return [`${place} must be an array, got ${show(value)}`];
    if (value.length < least) return [`${place} must have at least ${least} items, got ${value.length}`];
    return value.flatMap((entry, i) => item(entry, `${place}[${i}]`));
  };

/** Keys ending in "?" may be missing. Other keys than these are a problem: they are our own messages. */
const record = (fields: Record<string, Check>): Check => {
  const names = new Set(Object.keys(fields).map((key) => key.replace("?", "")));
  return (value, place) => {
    if (!isObject(value)) return [`${place} must be an object, got ${show(value)}`];
    const unknown = Object.keys(value).filter((key) => !names.has(key));
    return [
      ...unknown.map((key) => `${place}.${key} is not in the protocol`),
      ...Object.entries(fields).flatMap(([key, check]) => {
        const name = key.replace("?", "");
        if (value[name] === undefined) return key.endsWith("?") ? [] : [`${place}.${name} is missing`];
        return check(value[name], `${place}.${name}`);
      }),
    ];
  };
};

const valuesOf =
  (item: Check): Check =>
  (value, place) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, entry]) => item(entry, `${place}[${JSON.stringify(key)}]`))
      : [`${place} must be an object, got ${show(value)}`];

/** Picks the check by the value of one field. */
const byField =
  (field: string, checks: Record<string, Check>): Check =>
  (value, place) => {
    if (!isObject(value)) return [`${place} must be an object, got ${show(value)}`];
    const check = checks[String(value[field])];
    if (!check)
      return [`${place}.${field} must be ${Object.keys(checks).join(" or ")}, got ${show(value[field])}`];
    return check(value, place);
  };

/** `text/plain` must always be there, and text forms must be strings. */
const bundle: Check = (value, place) => {
  if (!isObject(value)) return [`${place} must be an object, got ${show(value)}`];
  const problems = "text/plain" in value ? [] : [`${place} must contain text/plain`];
  for (const [type, form] of Object.entries(value)) {
    const isJson = /^application\/(.*\+)?json$/.test(type);
    if (!isJson && typeof form !== "string")
      problems.push(`${place}[${JSON.stringify(type)}] must be a string, got ${show(form)}`);
  }
  return problems;
};

const error = { ename: string, evalue: string, traceback: arrayOf(string, 1) };
const errorReply: Check = record({ status: oneOf("error"), ...error });

/** A request may always be answered by an error instead. */
const reply = (ok: Record<string, Check>): Check =>
  byField("status", { ok: record({ status: string, ...ok }), error: errorReply });

const userExpression: Check = byField("status", {
  ok: record({ status: string, data: bundle, metadata: object }),
  error: errorReply,
});
const payload: Check = byField("source", {
  page: record({ source: string, data: bundle, start: count }),
  set_next_input: record({ source: string, text: string, replace: boolean }),
});

const comm = { comm_id: string, data: object };

const contents: Record<string, Check> = {
  execute_reply: byField("status", {
    ok: record({
      status: string,
      execution_count: count,
      payload: arrayOf(payload),
      user_expressions: valuesOf(userExpression),
    }),
    error: record({ status: string, execution_count: count, ...error }),
    aborted: record({ status: string, execution_count: count }),
  }),
  inspect_reply: (value, place) =>
    isObject(value) && value.found === false
      ? record({ status: oneOf("ok"), found: boolean, data: record({}), metadata: object })(value, place)
      : reply({ found: oneOf(true), data: bundle, metadata: object })(value, place),
  complete_reply: reply({
    matches: arrayOf(string),
    cursor_start: count,
    cursor_end: count,
    metadata: record({
      _jupyter_types_experimental: arrayOf(record({ text: string, type: string, start: count, end: count })),
    }),
  }),
  is_complete_reply: byField("status", {
    complete: record({ status: string }),
    invalid: record({ status: string }),
    unknown: record({ status: string }),
    incomplete: record({ status: string, indent: string }),
    error: errorReply,
  }),
  history_reply: reply({ history: arrayOf(historyEntry) }),
  comm_info_reply: reply({ comms: valuesOf(record({ target_name: string })) }),
  kernel_info_reply: reply({
    protocol_version: is("a version like 5.5", (value) => /^\d+\.\d+$/.test(String(value))),
    implementation: string,
    implementation_version: string,
    language_info: record({
      name: oneOf("typescript"),
      version: string,
      mimetype: string,
      file_extension: oneOf(".ts"),
      pygments_lexer: string,
      codemirror_mode: string,
      nbconvert_exporter: string,
    }),
    banner: string,
    help_links: arrayOf(record({ text: string, url: string })),
    debugger: boolean,
    supported_features: arrayOf(string),
  }),
  connect_reply: reply({
    shell_port: count,
    iopub_port: count,
    stdin_port: count,
    hb_port: count,
    control_port: count,
  }),
  shutdown_reply: reply({ restart: boolean }),
  interrupt_reply: reply({}),
  debug_reply: object,

  status: record({ execution_state: oneOf("starting", "busy", "idle") }),
  execute_input: record({ code: string, execution_count: count }),
  stream: record({
    name: oneOf("stdout", "stderr"),
    text: is("text", (value) => typeof value === "string" && value !== ""),
  }),
  display_data: record({ data: bundle, metadata: object, transient: record({ "display_id?": string }) }),
  update_display_data: record({ data: bundle, metadata: object, transient: record({ display_id: string }) }),
  execute_result: record({ execution_count: count, data: bundle, metadata: object }),
  error: record(error),
  clear_output: record({ wait: boolean }),
  comm_open: record({ ...comm, target_name: string, "target_module?": string }),
  comm_msg: record(comm),
  comm_close: record(comm),
  iopub_welcome: record({ subscription: string }),
  input_request: record({ prompt: string, password: boolean }),
};

function historyEntry(value: unknown, place: string): string[] {
  if (!Array.isArray(value) || value.length !== 3)
    return [`${place} must be [session, line, input], got ${show(value)}`];
  const [session, line, input] = value;
  return [
    ...count(session, `${place}[0]`),
    ...count(line, `${place}[1]`),
    ...(Array.isArray(input) ? string(input[0], `${place}[2][0]`) : string(input, `${place}[2]`)),
  ];
}

const header: Check = record({
  msg_id: string,
  msg_type: string,
  session: string,
  username: string,
  date: is("an ISO 8601 date", (value) => !Number.isNaN(Date.parse(String(value)))),
  version: oneOf("5.5"),
});

/** What is wrong with the content of a message of this type; empty when nothing is. */
export function checkContent(type: string, content: unknown): string[] {
  const check = contents[type];
  return check ? check(content, type) : [`${type} is not a message that a kernel sends`];
}

/** What is wrong with a header: conformance tests reject keys that the protocol does not know. */
export const checkHeader = (value: unknown): string[] => header(value, "header");
