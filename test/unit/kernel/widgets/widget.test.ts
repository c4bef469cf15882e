// Expected messages are those of the widget protocol 2.1 (messages.md of @jupyter-widgets/schema).
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { widgetParts } from "../../../support/widgetParts.js";

describe("made by a cell", () => {
  test("layout and style first, then the widget that refers to them", () => {
    const { make, sent, frames } = widgetParts();
    const slider = make("IntSlider", {
      min: 1,
      max: 9,
      value: 4,
      description: "n",
      layout: { width: "50%" },
    });
    const opened = sent();
    expect(
      opened.map(({ kind, data }) => [kind, (data.state as { _model_name: string })._model_name]),
    ).toEqual([
      ["comm_open", "LayoutModel"],
      ["comm_open", "SliderStyleModel"],
      ["comm_open", "IntSliderModel"],
    ]);
    expect(opened[0]?.data).toEqual({
      state: {
        _model_module: "@jupyter-widgets/base",
        _model_module_version: "2.0.0",
        _model_name: "LayoutModel",
        _view_module: "@jupyter-widgets/base",
        _view_module_version: "2.0.0",
        _view_name: "LayoutView",
        width: "50%",
      },
      buffer_paths: [],
    });
    expect(opened[2]).toMatchObject({
      id: slider.id,
      data: {
        state: {
          min: 1,
          max: 9,
          value: 4,
          description: "n",
          layout: `IPY_MODEL_${opened[0]?.id}`,
          style: `IPY_MODEL_${opened[1]?.id}`,
        },
        buffer_paths: [],
      },
    });
    expect(frames.at(-1)).toMatchObject({
      metadata: { version: "2.1.0" },
      content: { target_name: "jupyter.widget" },
    });
  });

  test("bytes travel beside the state", () => {
    const { make, sent } = widgetParts();
    make("Image", { value: new Uint8Array([1, 2]) });
    const image = sent().at(-1);
    expect(image).toMatchObject({ data: { buffer_paths: [["value"]] }, buffers: ["AQI="] });
    expect(image?.data.state).not.toHaveProperty("value");
  });

  test("a misspelled attribute or a wrong value is refused", () => {
    const { make } = widgetParts();
    expect(() => make("Label", { vlaue: "x" })).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: widgets.Label: unknown attribute "vlaue"
        help: the attributes are domClasses, description, descriptionAllowHtml, layout, placeholder, style, tabbable, tooltip, value]
    `);
    expect(() => make("IntSlider", { value: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: IntSlider.value: must be a whole number, got 0.5]`,
    );
    const label = make("Label");
    expect(() => {
      label.vlaue = "x";
    }).toThrow(/not extensible/);
  });
});

describe("changed by a cell", () => {
  test("the page gets what changed, in one message; observers get new and old value", () => {
    const { make, sent } = widgetParts();
    const slider = make("IntSlider", { min: 0, max: 10 });
    const seen: unknown[] = [];
    const end = slider.observe("value", (value, previous) => seen.push([value, previous]));
    sent();
    slider.value = 3;
    slider.value = 3;
    slider.assign({ max: 2, description: "n" });
    end();
    slider.value = 0;
    expect(sent().map(({ data }) => data)).toEqual([
      { method: "update", state: { value: 3 }, buffer_paths: [] },
      { method: "update", state: { max: 2, description: "n", value: 2 }, buffer_paths: [] },
      { method: "update", state: { value: 0 }, buffer_paths: [] },
    ]);
    expect(seen).toEqual([
      [3, 0],
      [2, 3],
    ]);
  });

  test("lists are compared by their items", () => {
    const { make, sent } = widgetParts();
    const range = make("FloatRangeSlider", { value: [1, 2] });
    sent();
    range.value = [1, 2];
    expect(sent()).toEqual([]);
    range.value = [1, 3];
    expect(sent()).toHaveLength(1);
  });

  test("an unknown attribute cannot be observed", () => {
    const { make } = widgetParts();
    expect(() => make("Valid").observe("valeu", () => {})).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: Valid.observe: no attribute "valeu"
        help: the attributes are domClasses, description, descriptionAllowHtml, disabled, layout, readout, style, tabbable, tooltip, value]
    `);
  });
});

describe("changed by the page", () => {
  test("every page is told first, then observers run; their changes follow as updates", () => {
    const { make, sent, fromPage } = widgetParts();
    const slider = make("IntSlider");
    const label = make("Label");
    slider.observe("value", (value) => {
      label.value = String(value);
    });
    sent();
    fromPage(slider, { method: "update", state: { value: 7 }, buffer_paths: [] });
    expect(slider.value).toBe(7);
    expect(sent().map(({ id, data }) => [id, data])).toEqual([
      [slider.id, { method: "echo_update", state: { value: 7 }, buffer_paths: [] }],
      [label.id, { method: "update", state: { value: "7" }, buffer_paths: [] }],
    ]);
  });

  test("bytes are put back, what no attribute is called is ignored", () => {
    const { make, fromPage, sent } = widgetParts();
    const image = make("Image");
    sent();
    const bytes = new Uint8Array([9]);
    fromPage(image, { method: "update", state: { other: 1 }, buffer_paths: [["value"]] }, [bytes]);
    expect(image.value).toEqual(bytes);
    expect(sent()[0]).toMatchObject({
      data: { method: "echo_update", buffer_paths: [["value"]] },
      buffers: ["CQ=="],
    });
  });

  test("request_state is answered with the whole state", () => {
    const { make, sent, fromPage } = widgetParts();
    const text = make("Text", { value: "x" });
    const opened = sent().at(-1)?.data.state;
    fromPage(text, { method: "request_state" });
    expect(sent().map(({ data }) => data)).toEqual([{ method: "update", state: opened, buffer_paths: [] }]);
  });

  test("custom messages both ways", () => {
    const { make, sent, fromPage } = widgetParts();
    const widget = make("Text");
    const seen: unknown[] = [];
    const end = widget.onMessage((content, buffers) => seen.push(content, ...buffers));
    sent();
    fromPage(widget, { method: "custom", content: { event: "submit" } }, [new Uint8Array([3])]);
    end();
    fromPage(widget, { method: "custom", content: "again" });
    widget.send({ focus: true }, [new Uint8Array([1])]);
    expect(seen).toEqual([{ event: "submit" }, new Uint8Array([3])]);
    expect(sent()).toMatchObject([
      { data: { method: "custom", content: { focus: true } }, buffers: ["AQ=="] },
    ]);
  });
});

test("close takes the widget and its parts off the page, once; later changes stay here", () => {
  const { make, sent, widgets } = widgetParts();
  const label = make("Label");
  const ids = sent().map(({ id }) => id);
  label.close();
  label.close();
  label.value = "late";
  expect(sent().map(({ kind, id }) => [kind, id])).toEqual([
    ["comm_close", ids.at(-1)],
    ["comm_close", ids[0]],
    ["comm_close", ids[1]],
  ]);
  expect(widgets.registry.size).toBe(0);
  expect(label.value).toBe("late");
});

test("a widget closed by the page is forgotten", () => {
  const { make, comms, widgets } = widgetParts();
  const { id } = make("Label");
  comms.receive("comm_close", { comm_id: id, data: {} }, []);
  expect(widgets.registry.has(id)).toBe(false);
});

test("it shows itself as a view, with a text for pages without widgets; a link has no view", () => {
  const { make } = widgetParts();
  const display = (widget: object): unknown =>
    (widget as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")]?.();
  const slider = make("IntSlider", { description: "n" });
  expect(display(slider)).toEqual({
    "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 0, model_id: slider.id },
    "text/plain": "n: slider 0 … 100, starts at 0 (controls need a running kernel and ipywidgets)",
  });
  const link = make("Link", { source: [slider, "value"], target: [make("Play"), "value"] });
  expect(display(link)).toEqual({
    "text/plain": expect.stringMatching(/^Link \{\n {2}source: \[ IntSlider/),
  });
});

test("printed, it shows what is not as usual", () => {
  const { make } = widgetParts();
  expect(inspect(make("IntSlider", { max: 5, value: 2 }))).toBe("IntSlider { max: 5, value: 2 }");
});
