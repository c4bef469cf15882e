// A document for Observable Plot that knows SVG elements and nothing else. A browser's document (jsdom) would take
// 0.5 to 1.5 s and 60 MB to load at the first figure of every session; Plot needs six methods of it.
// test/unit/plot/document.test.ts draws the same charts with jsdom and compares the two, character by character.

/** Text inside an element. */
interface SvgText {
  readonly text: string;
  parentNode: SvgElement | null;
}

type SvgNode = SvgElement | SvgText;

const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', "&quot;");

/** One SVG element: attributes in the order they were set, children in order. */
export class SvgElement {
  readonly ownerDocument: SvgDocument;
  readonly namespaceURI: string = "http://www.w3.org/2000/svg";
  readonly tagName: string;
  readonly attributes: Map<string, string> = new Map();
  readonly childNodes: SvgNode[] = [];
  parentNode: SvgElement | null = null;

  constructor(ownerDocument: SvgDocument, tagName: string) {
    this.ownerDocument = ownerDocument;
    this.tagName = tagName;
  }

  get innerHTML(): string {
    return this.childNodes
      .map((node) =>
        node instanceof SvgElement
          ? node.outerHTML
          : this.tagName === "style"
            ? node.text
            : escapeText(node.text),
      )
      .join("");
  }
  get outerHTML(): string {
    const attributes = [...this.attributes]
      .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
      .join("");
    return `<${this.tagName}${attributes}>${this.innerHTML}</${this.tagName}>`;
  }
  get textContent(): string {
    return this.childNodes
      .map((node) => (node instanceof SvgElement ? node.textContent : node.text))
      .join("");
  }
  set textContent(text: string) {
    this.childNodes.length = 0;
    this.childNodes.push({ text: String(text), parentNode: this });
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  hasAttribute(name: string): boolean {
    return this.attributes.has(name);
  }
  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }
  /** `name` comes with its prefix or without (`xlink:href`); SVG 2 reads `href` alone. */
  setAttributeNS(_namespace: string, name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  appendChild<T extends SvgNode>(node: T): T {
    return this.insertBefore(node, null);
  }
  append(...nodes: SvgNode[]): void {
    for (const node of nodes) this.insertBefore(node, null);
  }
  insertBefore<T extends SvgNode>(node: T, before: SvgNode | null): T {
    node.parentNode?.removeChild(node);
    const at = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    if (at < 0) throw new Error("bug: insertBefore: the reference is not a child of this element");
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
    return node;
  }
  removeChild<T extends SvgNode>(node: T): T {
    const at = this.childNodes.indexOf(node);
    if (at < 0) throw new Error("bug: removeChild: the node is not a child of this element");
    this.childNodes.splice(at, 1);
    node.parentNode = null;
    return node;
  }

  /** The first descendant with this tag name; Plot asks for tags only. */
  querySelector(tagName: string): SvgElement | null {
    for (const node of this.childNodes) {
      if (!(node instanceof SvgElement)) continue;
      const found = node.tagName === tagName ? node : node.querySelector(tagName);
      if (found) return found;
    }
    return null;
  }
  cloneNode(deep: boolean = false): SvgElement {
    const clone = new SvgElement(this.ownerDocument, this.tagName);
    for (const [name, value] of this.attributes) clone.attributes.set(name, value);
    if (deep)
      for (const node of this.childNodes)
        clone.appendChild(
          node instanceof SvgElement ? node.cloneNode(true) : { text: node.text, parentNode: null },
        );
    return clone;
  }
}

/** Makes elements. `documentElement` is what a library asks for the owner document and its namespace. */
export class SvgDocument {
  readonly documentElement: SvgElement = new SvgElement(this, "svg");

  createElementNS(_namespace: string, tagName: string): SvgElement {
    return new SvgElement(this, tagName);
  }
  createElement(tagName: string): SvgElement {
    return new SvgElement(this, tagName);
  }
  createTextNode(text: string): SvgText {
    return { text: String(text), parentNode: null };
  }
}
