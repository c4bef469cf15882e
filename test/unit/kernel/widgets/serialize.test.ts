// The examples of the protocol: paths [["x"], ["y", "z", 0]]; a list keeps null in the place of bytes, an object loses the key.
import { expect, test } from "vitest";
import { deserialize, type Referable, serialize } from "../../../../kernel/widgets/serialize.js";

class Known {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}
const isKnown = (value: unknown): value is Referable => value instanceof Known;
const one = new Uint8Array([1]);
const two = new Uint8Array([2, 2]);

test("bytes leave the state with their paths", () => {
  expect(serialize({ x: one, y: { z: [two, 5] }, a: "text" }, isKnown)).toEqual({
    state: { y: { z: [null, 5] }, a: "text" },
    bufferPaths: [["x"], ["y", "z", 0]],
    buffers: [one, two],
  });
});

test("widgets become references, also in lists", () => {
  const widget = new Known("abc");
  expect(serialize({ layout: widget, source: [widget, "value"], none: null }, isKnown).state).toEqual({
    layout: "IPY_MODEL_abc",
    source: ["IPY_MODEL_abc", "value"],
    none: null,
  });
});

test("the reverse puts bytes and widgets back, and leaves unknown references and paths alone", () => {
  const widget = new Known("abc");
  const written = {
    state: { y: { z: [null, 5] }, layout: "IPY_MODEL_abc", other: "IPY_MODEL_gone" },
    bufferPaths: [["x"], ["y", "z", 0], ["no", "where"], []],
    buffers: [one, two, one, one],
  };
  expect(deserialize(written, (id) => (id === "abc" ? widget : undefined))).toEqual({
    x: one,
    y: { z: [two, 5] },
    layout: widget,
    other: "IPY_MODEL_gone",
  });
});
