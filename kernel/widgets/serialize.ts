// The state of a widget on the wire: JSON, with other widgets by reference, and bytes apart from it with the path of each.

/** Keys and indexes from the state to one value. */
export type Path = readonly (string | number)[];

export interface Serialized {
  readonly state: Record<string, unknown>;
  readonly bufferPaths: readonly Path[];
  readonly buffers: readonly Uint8Array[];
}

/** Something that the page knows under an id. */
export interface Referable {
  readonly id: string;
}

const PREFIX = "IPY_MODEL_";

/**
 * Bytes leave the state: a key that had them is missing, an item of a list becomes null.
 *
 * @param isWidget tells what is written as a reference
 */
export function serialize(
  state: Readonly<Record<string, unknown>>,
  isWidget: (value: unknown) => value is Referable,
): Serialized {
  const bufferPaths: Path[] = [];
  const buffers: Uint8Array[] = [];
  const take = (value: unknown, path: Path): unknown => {
    if (isWidget(value)) return `${PREFIX}${value.id}`;
    if (value instanceof Uint8Array) {
      bufferPaths.push(path);
      buffers.push(value);
      return undefined; // no key in an object, null in a list
    }
    if (Array.isArray(value)) return value.map((item, i) => take(item, [...path, i]) ?? null);
    if (typeof value !== "object" || value === null) return value;
    return takeAll(value as Record<string, unknown>, path);
  };
  const takeAll = (object: Readonly<Record<string, unknown>>, path: Path): Record<string, unknown> => {
    const plain: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(object)) {
      const taken = take(value, [...path, key]);
      if (taken !== undefined) plain[key] = taken;
    }
    return plain;
  };
  return { state: takeAll(state, []), bufferPaths, buffers };
}

/** The reverse: bytes are put back, references become widgets. A reference that nobody knows stays a text. */
export function deserialize(
  { state, bufferPaths, buffers }: Serialized,
  find: (id: string) => unknown,
): Record<string, unknown> {
  const restore = (value: unknown): unknown => {
    if (typeof value === "string" && value.startsWith(PREFIX))
      return find(value.slice(PREFIX.length)) ?? value;
    if (Array.isArray(value)) return value.map(restore);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restore(inner)]));
  };
  const restored = restore(state) as Record<string | number, unknown>;
  bufferPaths.forEach((path, i) => {
    const last = path.at(-1);
    if (last === undefined) return;
    let place: unknown = restored;
    for (const key of path.slice(0, -1))
      place = (place as Record<string | number, unknown> | undefined)?.[key];
    if (typeof place === "object" && place !== null)
      (place as Record<string | number, unknown>)[last] = buffers[i];
  });
  return restored as Record<string, unknown>;
}
