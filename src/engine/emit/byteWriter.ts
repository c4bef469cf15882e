import { type Code, unsignedLeb } from "./instructions.js";

/** Bytes written front to back into one growing array. Sizes that are known later are patched in as five-byte LEBs. */
export class ByteWriter {
  private bytes: Uint8Array = new Uint8Array(256);
  private length = 0;

  byte(value: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = value;
  }
  list(values: readonly number[]): void {
    for (const value of values) this.byte(value);
  }
  text(value: string): void {
    this.list(unsignedLeb(value.length));
    for (let i = 0; i < value.length; i++) this.byte(value.charCodeAt(i));
  }
  code(tree: Code): void {
    for (const piece of tree.pieces) {
      if (typeof piece === "number") this.byte(piece);
      else this.code(piece);
    }
  }
  /** Writes what `body` writes, preceded by its size. */
  sized(body: () => void): void {
    const at = this.length;
    for (let i = 0; i < 5; i++) this.byte(0);
    body();
    let size = this.length - at - 5;
    for (let i = 0; i < 5; i++) {
      this.bytes[at + i] = i < 4 ? (size & 127) | 128 : size;
      size >>>= 7;
    }
  }
  append(other: ByteWriter): void {
    const length = this.length + other.length;
    if (length > this.bytes.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(other.bytes.subarray(0, other.length), this.length);
    this.length = length;
  }
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
