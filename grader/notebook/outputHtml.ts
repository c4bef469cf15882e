// One stored output -> safe HTML: the richest form that a page without scripts can show.

import { ansiToHtml, escapeHtml } from "./ansi.js";
import { highlightCode } from "./markdown.js";
import type { MimeBundle, Output } from "./notebook.js";
import { applyControlCharacters } from "./outputs.js";
import { sanitize } from "./sanitize.js";
import { STATES_MIME, statesToHtml } from "./statesHtml.js";

/** What the page asks for besides the output: ids are prefixed, Markdown and mathematics come from the page's own renderer. */
export interface OutputContext {
  readonly prefix: string;
  markdown(source: string): string;
}

/**
 * The outputs of a cell, one below the other. Controls that drew all their states show the present one themselves: the output
 * after them, which is that state, is left out.
 */
export function outputsToHtml(
  outputs: readonly Output[],
  contextOf: (position: number) => OutputContext,
): string[] {
  const shown: string[] = [];
  for (let i = 0; i < outputs.length; i++) {
    const output = outputs[i];
    if (output === undefined) continue;
    const context = contextOf(i);
    const states = "data" in output ? output.data[STATES_MIME] : undefined;
    const controls =
      states === undefined
        ? undefined
        : statesToHtml(states, context.prefix, (bundle, prefix) =>
            bundleToHtml(bundle, { ...context, prefix }),
          );
    if (controls === undefined) shown.push(outputToHtml(output, context));
    else {
      shown.push(`<div class="output">${controls}</div>`);
      i++;
    }
  }
  return shown;
}

export function outputToHtml(output: Output, context: OutputContext): string {
  switch (output.output_type) {
    case "stream":
      return `<pre class="output ${output.name}">${ansiToHtml(applyControlCharacters(output.text))}</pre>`;
    case "error":
      return `<pre class="output error" role="alert">${ansiToHtml(errorText(output))}</pre>`;
    default: {
      const html = bundleToHtml(output.data, context);
      return html === "" ? "" : `<div class="output ${output.output_type}">${html}</div>`;
    }
  }
}

function errorText({ ename, evalue, traceback }: Extract<Output, { output_type: "error" }>): string {
  return traceback.length > 0 ? traceback.join("\n") : `${ename}: ${evalue}`;
}

// Pictures come before HTML: a bundle that has both is a control panel with its picture, and the page runs no scripts.
const forms: readonly (readonly [
  type: string,
  render: (value: unknown, context: OutputContext) => string,
])[] = [
  ["image/svg+xml", (value, { prefix }) => `<div class="figure">${sanitize(String(value), prefix)}</div>`],
  ...["png", "jpeg", "gif", "webp"].map(
    (kind) => [`image/${kind}`, (value: unknown) => image(`image/${kind}`, String(value))] as const,
  ),
  ["text/html", (value, { prefix }) => `<div class="html">${sanitize(String(value), prefix)}</div>`],
  ["text/markdown", (value, context) => `<div class="markdown">${context.markdown(String(value))}</div>`],
  ["text/latex", (value, context) => `<div class="markdown">${context.markdown(String(value))}</div>`],
  ["application/json", (value) => `<pre>${highlightCode(JSON.stringify(value, null, 2), "json")}</pre>`],
  ["text/plain", (value) => `<pre>${ansiToHtml(String(value))}</pre>`],
];

function bundleToHtml(data: MimeBundle, context: OutputContext): string {
  for (const [type, render] of forms) if (data[type] !== undefined) return render(data[type], context);
  const types = Object.keys(data).join(", ");
  return types === ""
    ? ""
    : `<p class="hidden-output">Output of type ${escapeHtml(types)}: run the notebook to see it.</p>`;
}

function image(type: string, base64: string): string {
  const clean = base64.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(clean))
    return `<p class="hidden-output">A picture that cannot be read.</p>`;
  return `<img src="data:${type};base64,${clean}" alt="Output picture">`;
}
