import { expect, test } from "vitest";
import { WidgetStates } from "../../../../grader/notebook/widgetState.js";

const model = { _model_name: "ImageModel", _model_module: "m", _model_module_version: "2.0.0" };
type Received = Parameters<WidgetStates["receive"]>[0];
const message = (type: string, content: object, buffers: Uint8Array[] = []): Received =>
  ({ header: { msg_type: type }, content, buffers }) as unknown as Received;
const open = (id: string, state: object, paths: unknown[] = [], buffers: Uint8Array[] = []): Received =>
  message(
    "comm_open",
    {
      comm_id: id,
      target_name: "jupyter.widget",
      data: { state: { ...model, ...state }, buffer_paths: paths },
    },
    buffers,
  );
const say = (id: string, data: object, buffers: Uint8Array[] = []): Received =>
  message("comm_msg", { comm_id: id, data }, buffers);

function collect(...messages: Received[]): unknown {
  const states = new WidgetStates();
  for (const each of messages) states.receive(each);
  return states.metadata();
}

const saved = (state: object, buffers?: object[]): object => ({
  "application/vnd.jupyter.widget-state+json": {
    version_major: 2,
    version_minor: 0,
    state: {
      a: {
        model_name: "ImageModel",
        model_module: "m",
        model_module_version: "2.0.0",
        state: { ...model, ...state },
        ...(buffers && { buffers }),
      },
    },
  },
});

test("no widget, no metadata; other comms are none", () => {
  expect(collect()).toBeUndefined();
  expect(
    collect(message("comm_open", { comm_id: "x", target_name: "other", data: { state: {} } })),
  ).toBeUndefined();
  expect(
    collect(message("stream", { text: "x" }), say("x", { method: "update", state: { a: 1 } })),
  ).toBeUndefined();
});

test("the state is that of the last update; echoes and custom messages change nothing", () => {
  expect(
    collect(
      open("a", { value: 1, width: "" }),
      say("a", { method: "update", state: { value: 2 } }),
      say("a", { method: "echo_update", state: { value: 3 } }),
      say("a", { method: "custom", content: {} }),
    ),
  ).toEqual(saved({ value: 2, width: "" }));
});

test("a closed widget is gone", () => {
  expect(collect(open("a", {}), message("comm_close", { comm_id: "a" }))).toBeUndefined();
});

test("bytes are kept with their paths, and the new ones replace those of the same attribute", () => {
  const first = open("a", {}, [["value"], ["list", 0]], [new Uint8Array([1]), new Uint8Array([2])]);
  expect(collect(first)).toEqual(
    saved({}, [
      { path: ["value"], data: "AQ==", encoding: "base64" },
      { path: ["list", 0], data: "Ag==", encoding: "base64" },
    ]),
  );
  const update = say("a", { method: "update", state: { list: [] }, buffer_paths: [["value"]] }, [
    new Uint8Array([3]),
  ]);
  expect(collect(first, update)).toEqual(
    saved({ list: [] }, [{ path: ["value"], data: "Aw==", encoding: "base64" }]),
  );
});
