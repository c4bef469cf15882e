// Markup that came out of a notebook, made safe to stand in a page: scripts, event handlers, forms and frames are removed.
// The page's content policy (pageStyle.ts) is the second net: even what slipped through could load and send nothing.

import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";

type Purifier = ReturnType<typeof createDOMPurify>;

let purifier: Purifier | undefined;

/** Created once: a jsdom window takes a tenth of a second. */
function purify(): Purifier {
  purifier ??= createDOMPurify(new JSDOM("").window as unknown as Parameters<typeof createDOMPurify>[0]);
  return purifier;
}

const forbidden = [
  "form",
  "input",
  "button",
  "select",
  "textarea",
  "iframe",
  "object",
  "embed",
  "base",
  "meta",
  "link",
];

/**
 * `markup` (HTML, SVG or MathML) without anything that runs or loads. Ids inside SVG pictures get `prefix`, with the references to
 * them: two pictures in one page may both call a clip path "clip-1".
 */
export function sanitize(markup: string, prefix: string): string {
  const fragment = purify().sanitize(markup, {
    USE_PROFILES: { html: true, svg: true, svgFilters: true, mathMl: true },
    FORBID_TAGS: forbidden,
    ADD_ATTR: ["target"],
    RETURN_DOM: true,
  }) as unknown as Element;
  prefixIds(fragment, prefix);
  return fragment.innerHTML;
}

function prefixIds(fragment: Element, prefix: string): void {
  const ids = new Set([...fragment.querySelectorAll("svg[id], svg [id]")].map((element) => element.id));
  if (ids.size === 0) return;
  const renamed = (id: string): string => (ids.has(id) ? prefix + id : id);
  const inText = (text: string): string =>
    text.replace(
      /url\((["']?)#([^"')]+)\1\)/g,
      (_, quote: string, id: string) => `url(${quote}#${renamed(id)}${quote})`,
    );
  for (const element of fragment.querySelectorAll("svg, svg *")) {
    for (const attribute of element.attributes) {
      const { name, value } = attribute;
      if (name === "id") attribute.value = renamed(value);
      else if (/^aria-(labelledby|describedby)$/.test(name))
        attribute.value = value.split(/\s+/).map(renamed).join(" ");
      else if (/(^|:)href$/.test(name) && value.startsWith("#"))
        attribute.value = `#${renamed(value.slice(1))}`;
      else if (value.includes("url(")) attribute.value = inText(value);
    }
    if (element.localName === "style") element.textContent = inText(element.textContent ?? "");
  }
}
