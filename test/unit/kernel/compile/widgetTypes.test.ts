// What the compiler says of cells that use widgets: the declarations have types, not `any`.
import { describe, expect, test } from "vitest";
import { createCompiler } from "../../../../kernel/compile/compiler.js";
import { WIDGET_TYPES } from "../../../../kernel/compile/widgetTypes.js";

const compiler = createCompiler({ cwd: "/nowhere" });
const errorOf = (cell: string): string | undefined => {
  const result = compiler.convert("", cell, "In[1]");
  return result.ok ? undefined : result.error.evalue;
};

describe("accepted", () => {
  test.each([
    "const n: number = widgets.IntSlider({ min: 1, max: 3, layout: { width: '50%' } }).value",
    "widgets.FloatRangeSlider().value[1].toFixed()",
    'const kind: "sgd" | "adam" | null = widgets.Dropdown({ options: ["sgd", "adam"] }).value',
    'const x: number | null = widgets.RadioButtons({ options: [["one", 1], ["two", 2]] }).value',
    "const xs: readonly number[] = widgets.SelectMultiple({ options: [1, 2, 3], rows: 2 }).value",
    "widgets.Text().observe('value', (now, before) => { now.trim(); before.trim(); })",
    "widgets.Button({ description: 'Go' }).onClick(() => {})",
    "widgets.Output().show(5)",
    "widgets.VBox({ children: [widgets.Label({ value: 'x' })] })",
    "widgets.Link({ source: [widgets.Play(), 'value'], target: [widgets.IntSlider(), 'value'] })",
    "interact({ rate: [0, 1, 0.1] }, ({ rate }) => rate.toFixed(2))",
    "interact({ n: [1, 5] }, async ({ n }) => n + 1)",
    'interact({ how: ["sgd", "adam"] }, ({ how }) => { const exact: "sgd" | "adam" = how; return exact; })',
    "interact({ depth: [1, 2, 4, 8] }, ({ depth }) => { const exact: 1 | 2 | 4 | 8 = depth; return exact; })",
    "interact({ f: [['sine', Math.sin], ['cosine', Math.cos]] }, ({ f }) => f(1).toFixed())",
    "interact({ on: true, name: 'x' }, ({ on, name }) => (on === true ? name.trim() : ''), { start: { name: 'y' } })",
    "interact({ s: widgets.FloatLogSlider({ min: -3, max: 0 }) }, ({ s }) => s.toFixed(), { precompute: true })",
    "interact({ n: [1, 5] }, () => 1).controls.n.value = 3",
    "const widgets = 3; widgets.toFixed()",
  ])("%s", (cell) => {
    expect(errorOf(cell)).toBeUndefined();
  });
});

describe("refused", () => {
  test.each([
    ["widgets.IntSlider({ mim: 1 })", "'mim' does not exist in type 'Options<IntSlider>'"],
    ["widgets.IntSlider().value = 'x'", "Type 'string' is not assignable to type 'number'"],
    ["widgets.Dropdown({})", "'{}' is not assignable to parameter of type '{ options: readonly unknown[]; }"],
    ["widgets.Box({ boxStyle: 'loud' })", "Type '\"loud\"' is not assignable"],
    ["widgets.Text().observe('valeu', () => {})", "'\"valeu\"' is not assignable"],
    ["interact({ rate: [0, 1] }, ({ rat }) => rat)", "Property 'rat' does not exist"],
    [
      "interact({ rate: [0, 1] }, ({ rate }) => rate.trim())",
      "Property 'trim' does not exist on type 'number'",
    ],
    [
      "interact({ rate: 3 }, ({ rate }) => rate)",
      "Type 'number' is not assignable to type 'InteractControl'",
    ],
    [
      "interact({ n: [0, 5] }, () => 1, { start: { n: 'x' } })",
      "Type 'string' is not assignable to type 'number'",
    ],
    [
      "interact({ n: [0, 5] }, () => 1, { begin: { n: 1 } })",
      "'begin' does not exist in type 'InteractOptions",
    ],
  ])("%s", (cell, message) => {
    expect(errorOf(cell)).toContain(message);
  });
});

test("every attribute has its sentence", () => {
  const lines = WIDGET_TYPES.split("\n");
  const bare = lines.filter((line, i) => /^ {4}\w+: /.test(line) && !/\*\//.test(lines[i - 1] ?? ""));
  expect(bare.filter((line) => !line.includes("=>"))).toEqual([]);
});
