import { describe, expect, test } from "vitest";
import { models } from "../../../../kernel/widgets/models.js";
import { widgetParts } from "../../../support/widgetParts.js";

test("every kind can be made, and says which model it is", () => {
  const { make, sent } = widgetParts();
  const options = (kind: string): object => {
    if (kind.endsWith("Link")) return { source: [make("Play"), "value"], target: [make("IntText"), "value"] };
    return "_options_labels" in (models[kind]?.attributes ?? {}) ? { options: ["a"] } : {};
  };
  const made = Object.keys(models).map((kind) => {
    make(kind, options(kind));
    return (sent().at(-1)?.data.state as Record<string, unknown> | undefined)?._model_name;
  });
  expect(made).toEqual(Object.keys(models).map((kind) => `${kind}Model`));
});

test("a button calls its handlers at each click, and at nothing else", () => {
  const { make, fromPage } = widgetParts();
  const button = make("Button");
  let clicks = 0;
  const end = button.onClick(() => clicks++);
  fromPage(button, { method: "custom", content: { event: "click" } });
  fromPage(button, { method: "custom", content: { event: "other" } });
  fromPage(button, { method: "custom", content: null });
  end();
  fromPage(button, { method: "custom", content: { event: "click" } });
  expect(clicks).toBe(1);
});

test("an output shows a value, also an asynchronous one, and nothing", async () => {
  const { make } = widgetParts();
  const output = make("Output");
  output.show(5);
  expect(output.outputs).toEqual([
    { output_type: "display_data", data: { "text/plain": "5" }, metadata: {} },
  ]);
  output.show({ [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "<b>" }) });
  await new Promise((resolve) => setImmediate(resolve));
  expect(output.outputs).toMatchObject([{ data: { "text/html": "<b>" } }]);
  output.show();
  expect(output.outputs).toEqual([]);
});

describe("links", () => {
  test("name the page's attributes", () => {
    const { make, sent } = widgetParts();
    const slider = make("FloatSlider");
    const text = make("FloatText");
    make("DirectionalLink", { source: [slider, "readoutFormat"], target: [text, "description"] });
    expect(sent().at(-1)?.data.state).toMatchObject({
      _model_name: "DirectionalLinkModel",
      source: [`IPY_MODEL_${slider.id}`, "readout_format"],
      target: [`IPY_MODEL_${text.id}`, "description"],
    });
  });
  test("of what is not there are refused", () => {
    const { make } = widgetParts();
    const text = make("Valid");
    expect(() =>
      make("Link", { source: [text, "valeu"], target: [text, "value"] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: Link.source: must be a widget and the name of an attribute that the page has, such as [slider, "value"]
        help: the attributes are domClasses, description, descriptionAllowHtml, disabled, layout, readout, style, tabbable, tooltip, value]
    `);
    expect(() => make("Link", { source: [text, "value"] })).toThrow(/^Link\.target: must be a widget and/);
  });
});

test("a reloaded page gets all states at once, bytes beside them", () => {
  const { make, comms, sent } = widgetParts();
  const label = make("Label", { value: "x" });
  const image = make("Image", { value: new Uint8Array([7]) });
  sent();
  comms.receive("comm_open", { comm_id: "control", target_name: "jupyter.widget.control", data: {} }, []);
  comms.receive("comm_msg", { comm_id: "control", data: { method: "other" } }, []);
  comms.receive("comm_msg", { comm_id: "control", data: { method: "request_states" } }, []);
  const [answer, ...more] = sent();
  expect(more).toEqual([]);
  expect(answer).toMatchObject({
    id: "control",
    data: {
      method: "update_states",
      states: {
        [label.id]: {
          model_name: "LabelModel",
          model_module: "@jupyter-widgets/controls",
          model_module_version: "2.0.0",
          state: { value: "x", _model_name: "LabelModel" },
        },
        [image.id]: { model_name: "ImageModel" },
      },
      buffer_paths: [[image.id, "state", "value"]],
    },
    buffers: ["Bw=="],
  });
  // label and image, a layout each, and the style of the label
  expect(Object.keys(answer?.data.states as object)).toHaveLength(5);
});
