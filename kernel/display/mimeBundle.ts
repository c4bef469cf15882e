// A value in the forms a front end can show. The first rule that fits decides:
//   1 the value's own `Symbol.for("Jupyter.display")` method, which may be async (widgets have one)
//   2 an element of a document    3 the bytes of an image    4 the text of anything else
// `text/plain` is always there.
import type { MimeBundle } from "../run/messages.js";
import { elementBundle, isElement } from "./elements.js";
import { imageBundle } from "./images.js";
import { plainText } from "./inspect.js";

const DISPLAY = Symbol.for("Jupyter.display");

/** @param report told of an error in a value's own display method; the next rules then apply */
export function mimeBundle(
  value: unknown,
  report: (error: unknown) => void,
): MimeBundle | Promise<MimeBundle> {
  try {
    const method = displayMethod(value);
    if (method === undefined) return otherBundle(value);
    const own: unknown = method.call(value);
    if (!isPromise(own)) return withText(own, value);
    return own.then(
      (bundle) => withText(bundle, value),
      (error) => {
        report(error);
        return otherBundle(value);
      },
    );
  } catch (error) {
    report(error);
    return otherBundle(value);
  }
}

function displayMethod(value: unknown): ((this: unknown) => unknown) | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const method = (value as Record<symbol, unknown>)[DISPLAY];
  return typeof method === "function" ? (method as () => unknown) : undefined;
}

function withText(bundle: unknown, value: unknown): MimeBundle {
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) {
    throw new TypeError(
      `[Symbol.for("Jupyter.display")]: a MIME bundle such as {"text/html": "…"} must be returned, got ${plainText(bundle)}`,
    );
  }
  return completeBundle(bundle as MimeBundle, () => plainText(value));
}

/** Adds `text/plain` when it is missing, and turns bytes into base64. */
export function completeBundle(bundle: MimeBundle, text: () => string): MimeBundle {
  const complete: MimeBundle = {};
  for (const [mime, data] of Object.entries(bundle)) {
    if (data === undefined) continue;
    complete[mime] =
      data instanceof Uint8Array
        ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64")
        : data;
  }
  complete["text/plain"] ??= text();
  return complete;
}

function otherBundle(value: unknown): MimeBundle {
  try {
    if (isElement(value)) return elementBundle(value);
    if (value instanceof Uint8Array) {
      const image = imageBundle(value);
      if (image !== undefined) return image;
    }
  } catch {
    // A getter or proxy that throws: the text rule copes with it.
  }
  return { "text/plain": plainText(value) };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}
