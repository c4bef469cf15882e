// Widgets and `interact` as a page sees them: the messages of the widget protocol 2.1 over the real sockets.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "../support/jupyterClient.js";
import { startKernel, type TestKernel } from "../support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

/** The models of the published schema, by name. */
const require = createRequire(import.meta.url);
const schema: readonly {
  model: { name: string; module: string; version: string };
  attributes: readonly { name: string; type: string; allow_none?: boolean; enum?: readonly string[] }[];
}[] = require("@jupyter-widgets/schema/jupyterwidgetmodels.latest.json");

/** Is the state one of a published model? Names, types and allowed texts, not by our own tables. */
function stateProblems(state: Record<string, unknown>): string[] {
  const found = schema.find(({ model }) => model.name === state._model_name);
  if (found === undefined) return [`no model ${state._model_name}`];
  const problems: string[] = [];
  if (state._model_module !== found.model.module) problems.push("wrong module");
  if (state._model_module_version !== found.model.version) problems.push("wrong version");
  for (const [name, value] of Object.entries(state)) {
    const attribute = found.attributes.find((each) => each.name === name);
    if (attribute === undefined) problems.push(`${found.model.name} has no ${name}`);
    else if (value === null ? attribute.allow_none !== true : !isOf(attribute.type, value))
      problems.push(`${found.model.name}.${name} = ${JSON.stringify(value)}`);
    else if (attribute.enum !== undefined && value !== null && !attribute.enum.includes(String(value)))
      problems.push(`${found.model.name}.${name} may not be ${value}`);
  }
  return problems;
}

function isOf(type: string, value: unknown): boolean {
  if (type === "int") return Number.isInteger(value);
  if (type === "float") return typeof value === "number";
  if (type === "bool") return typeof value === "boolean";
  if (type === "array") return Array.isArray(value);
  if (type === "reference") return typeof value === "string" && value.startsWith("IPY_MODEL_");
  return type !== "string" || typeof value === "string";
}

const opened = (messages: readonly Message[]): Message[] =>
  messages.filter(({ type }) => type === "comm_open");
const modelOf = (messages: readonly Message[], name: string): string => {
  const found = opened(messages).find(({ content }) => content.data.state._model_name === name);
  if (found === undefined) throw new Error(`no ${name} was opened`);
  return found.content.comm_id;
};
const send = (id: string, data: object, buffers: Uint8Array[] = []): string =>
  kernel.client.send("shell", "comm_msg", { comm_id: id, data }, { buffers });
const update = (id: string, state: object): string => send(id, { method: "update", state, buffer_paths: [] });
const answers = async (request: string): Promise<Message[]> => {
  await kernel.client.idle(request);
  return kernel.client.published(request).filter(({ type }) => type !== "status");
};

test("every kind of widget opens a comm whose state the published schema allows", async () => {
  const kinds = schema
    .map(({ model }) => model.name.replace(/Model$/, ""))
    .filter((kind) => !/^(DOMWidget|Controller)/.test(kind));
  const cell = await kernel.client.execute(
    `const all: any = widgets; const ends = [widgets.Play(), "value"];
    for (const kind of ${JSON.stringify(kinds)})
      all[kind](/Link$/.test(kind) ? { source: ends, target: ends } : /^(Dropdown|Radio|Select|ToggleButtons$)/.test(kind) ? { options: ["a", "b"] } : {});`,
  );
  expect(cell.reply.status).toBe("ok");
  const models = opened(cell.messages);
  expect(models.map(({ metadata }) => metadata)).toEqual(models.map(() => ({ version: "2.1.0" })));
  expect(models.flatMap(({ content }) => stateProblems(content.data.state))).toEqual([]);
  const made = new Set(models.map(({ content }) => content.data.state._model_name.replace(/Model$/, "")));
  expect(kinds.filter((kind) => !made.has(kind))).toEqual([]);
});

test("a slider: echo first, then observers, then our own updates; idle last", async () => {
  const cell = await kernel.client.execute(
    `const slider = widgets.IntSlider({ max: 10 }); const twice = widgets.IntText();
    slider.observe("value", (value) => { console.log("now", value); twice.value = 2 * value; });`,
  );
  const id = modelOf(cell.messages, "IntSliderModel");
  const got = await answers(update(id, { value: 4 }));
  expect(
    got.map(({ type, content }) => [type, content.comm_id ?? content.text, content.data?.method]),
  ).toEqual([
    ["comm_msg", id, "echo_update"],
    ["stream", "now 4\n", undefined],
    ["comm_msg", modelOf(cell.messages, "IntTextModel"), "update"],
  ]);
  const after = await kernel.client.execute("[slider.value, twice.value].join()");
  expect(after.messages.find(({ type }) => type === "execute_result")?.content.data["text/plain"]).toBe(
    "'4,8'",
  );
});

test("a page that is loaded anew finds its widgets: comm_info, then all states through the control target", async () => {
  await kernel.client.execute("const picture = widgets.Image({ value: new Uint8Array([1, 2, 255]) });");
  const info = await kernel.client.request("shell", "comm_info_request", { target_name: "jupyter.widget" });
  const ids = Object.keys(info.content.comms);
  kernel.client.send("shell", "comm_open", {
    comm_id: "control",
    target_name: "jupyter.widget.control",
    data: {},
  });
  const [states] = await answers(send("control", { method: "request_states" }));
  expect(Object.keys(states?.content.data.states).sort()).toEqual(ids.sort());
  expect(
    Object.values<{ state: Record<string, unknown> }>(states?.content.data.states).flatMap(({ state }) =>
      stateProblems(state),
    ),
  ).toEqual([]);
  const path = states?.content.data.buffer_paths.at(-1);
  expect(path.slice(1)).toEqual(["state", "value"]);
  expect(states?.buffers.at(-1)).toEqual(Buffer.from([1, 2, 255]));
  const [one] = await answers(send(path[0], { method: "request_state" }));
  expect(one?.content.data).toMatchObject({ method: "update", buffer_paths: [["value"]] });
  expect(one?.buffers).toEqual([Buffer.from([1, 2, 255])]);
});

test("a button and bytes from the page", async () => {
  const cell = await kernel.client.execute(
    `const button = widgets.Button({ description: "Go" }); button.onClick(() => console.log("clicked"));
    const upload = widgets.FileUpload(); upload.observe("value", ([file]) => console.log(file!.name, file!.content));`,
  );
  const click = await answers(
    send(modelOf(cell.messages, "ButtonModel"), { method: "custom", content: { event: "click" } }),
  );
  expect(click.map(({ content }) => content.text)).toEqual(["clicked\n"]);
  const file = {
    method: "update",
    state: { value: [{ name: "a.csv" }] },
    buffer_paths: [["value", 0, "content"]],
  };
  const got = await answers(send(modelOf(cell.messages, "FileUploadModel"), file, [Buffer.from("1,2")]));
  expect(got.at(-1)?.content.text).toContain("a.csv Uint8Array(3) [ 49, 44, 50 ]");
});

describe("interact", () => {
  const result = (messages: readonly Message[]): Message | undefined =>
    messages.filter(({ type }) => type === "display_data").at(-1);

  test("controls and an ordinary display, which a changed control changes in place", async () => {
    const cell = await kernel.client.execute(
      "interact({ rate: [0, 1, 0.1], how: ['sgd', 'adam'] }, ({ rate, how }) => { console.log('drawn'); return how + ' ' + rate; })",
    );
    const [controls, shown] = cell.messages.filter(({ type }) => type === "display_data");
    expect(controls?.content.data["application/vnd.jupyter.widget-view+json"]).toEqual({
      version_major: 2,
      version_minor: 0,
      model_id: modelOf(cell.messages, "VBoxModel"),
    });
    expect(controls?.content.data["text/plain"]).toContain("rate: slider 0 … 1, starts at 0.5");
    expect(shown?.content.data["text/plain"]).toBe("drawn\n'sgd 0.5'");
    expect(cell.messages.map(({ type }) => type)).not.toContain("stream");
    expect(cell.messages.map(({ type }) => type)).not.toContain("execute_result");
    const got = await answers(update(modelOf(cell.messages, "DropdownModel"), { index: 1 }));
    expect(got.map(({ type }) => type)).toEqual(["comm_msg", "update_display_data"]);
    expect(got[1]?.content.transient).toEqual(shown?.content.transient);
    expect(got[1]?.content.data["text/plain"]).toBe("drawn\n'adam 0.5'");
  });

  test("an error is shown in place with its line in the cell, and the next value replaces it", async () => {
    const cell = await kernel.client.execute(
      "interact({ n: [0, 10] }, ({ n }) => {\n  if (n === 3) throw new RangeError('not three');\n  return n;\n})",
    );
    const id = modelOf(cell.messages, "IntSliderModel");
    const failed = (await answers(update(id, { value: 3 }))).at(-1);
    expect(failed?.type).toBe("update_display_data");
    expect(failed?.content.data["text/plain"]).toMatch(/^RangeError: not three\n {2}In\[\d+\]:2:/);
    expect(failed?.content.data["text/html"]).toContain("RangeError: not three");
    expect((await answers(update(id, { value: 4 }))).at(-1)?.content.data).toEqual({ "text/plain": "4" });
  });

  test("an error of the first call is the cell's", async () => {
    const cell = await kernel.client.execute(
      "interact({ n: [0, 10] }, () => { throw new RangeError('no') })",
    );
    expect(cell.reply).toMatchObject({ status: "error", ename: "RangeError" });
    expect(cell.messages.map(({ type }) => type)).not.toContain("display_data");
  });

  test("values that come faster than they can be drawn: the last is drawn, all are echoed", async () => {
    const cell = await kernel.client.execute(
      `let drawn: number[] = [];
      interact({ n: [0, 100] }, ({ n }) => { drawn.push(n); const end = Date.now() + 60; while (Date.now() < end); return n; })`,
    );
    const id = modelOf(cell.messages, "IntSliderModel");
    const requests = Array.from({ length: 40 }, (_, n) => update(id, { value: n + 1 }));
    const last = await answers(requests.at(-1) ?? "");
    expect(last.at(-1)?.content.data).toEqual({ "text/plain": "40" });
    const echoes = requests.flatMap((request) =>
      kernel.client.published(request).filter(({ content }) => content.data?.method === "echo_update"),
    );
    expect(echoes.map(({ content }) => content.data.state.value)).toEqual(requests.map((_, n) => n + 1));
    const count = await kernel.client.execute("drawn.length");
    const drawn = Number(
      count.messages.find(({ type }) => type === "execute_result")?.content.data["text/plain"],
    );
    expect(drawn).toBeLessThan(20);
  });

  test.each([
    ["a loop", "while (true);"],
    ["a pending await", "await new Promise(() => {});"],
  ])("%s is interrupted; variables and controls live on", async (_, wait) => {
    const cell = await kernel.client.execute(
      `const begun${wait.length} = widgets.IntText();
      interact({ n: [0, 10] }, ${wait.startsWith("await") ? "async " : ""}({ n }) => {
        begun${wait.length}.value = n;
        if (n === 3) { ${wait} }
        return n;
      })`,
    );
    const id = modelOf(cell.messages, "IntSliderModel");
    const stuck = update(id, { value: 3 });
    // comms are not caught: the function says that it runs
    await kernel.client.wait(
      ({ parent, content }) => parent.msg_id === stuck && content.data?.method === "update",
    );
    await kernel.client.request("control", "interrupt_request");
    expect((await answers(stuck)).at(-1)?.content.data["text/plain"]).toBe("KeyboardInterrupt: Interrupted");
    expect((await answers(update(id, { value: 4 }))).at(-1)?.content.data).toEqual({ "text/plain": "4" });
  });

  test("an asynchronous function: what it prints after a pause is in its result", async () => {
    const cell = await kernel.client.execute(
      "interact({ n: [0, 10] }, async ({ n }) => { await new Promise((r) => setTimeout(r, 10)); console.log('later'); return n; })",
    );
    expect(result(cell.messages)?.content.data["text/plain"]).toBe("later\n5");
  });
});

test("widgets end with their session, and the page is told", async () => {
  const before = await kernel.client.request("shell", "comm_info_request", { target_name: "jupyter.widget" });
  const ids = Object.keys(before.content.comms);
  expect(ids.length).toBeGreaterThan(10);
  const cell = await kernel.client.execute("process.exit(0)");
  expect(cell.reply.status).toBe("error");
  const closed = cell.messages
    .filter(({ type }) => type === "comm_close")
    .map(({ content }) => content.comm_id);
  expect(closed).toEqual(expect.arrayContaining(ids));
});
