// Results that show a picture of themselves in a notebook. They stay plain lists and objects: the method is a hidden property, so
// that comparing, copying and printing them is not disturbed. display.ts says how each kind is drawn, since this folder knows no
// pictures.

/** Kinds of results that have a picture. */
export type PictureKind = "splits" | "biasVarianceSweep" | "learningCurve" | "validationCurve" | "bootstrap";

type Bundle = Readonly<Record<string, unknown>>;

/** How each kind is drawn; filled by display.ts. */
export const pictures: Partial<Record<PictureKind, (value: never) => Bundle>> = {};

const displaySymbol = Symbol.for("Jupyter.display");

/** The same value, which a notebook now shows as a picture of this kind. */
export function displayed<T extends object>(value: T, kind: PictureKind): T {
  Object.defineProperty(value, displaySymbol, {
    value: () => pictures[kind]?.(value as never) ?? {},
    enumerable: false,
    configurable: true,
  });
  return value;
}
