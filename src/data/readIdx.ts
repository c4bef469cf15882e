import type { Dtype } from "../engine/engine.js";
import { checkOptions, rejectUnknownOptions, showValue } from "../errors.js";
import { tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";

/** Reader of one number, big-endian, by the format's type code. */
interface IdxType {
  readonly bytes: number;
  read(view: DataView, offset: number): number;
}

const types: Readonly<Record<number, IdxType>> = {
  8: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  9: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  11: { bytes: 2, read: (view, offset) => view.getInt16(offset) },
  12: { bytes: 4, read: (view, offset) => view.getInt32(offset) },
  13: { bytes: 4, read: (view, offset) => view.getFloat32(offset) },
  14: { bytes: 8, read: (view, offset) => view.getFloat64(offset) },
};

/** Options of {@link readIdx}. */
export interface ReadIdxOptions {
  /** Kind of numbers of the result; default "float32". */
  readonly dtype?: Dtype;
}

/**
 * Reads the IDX format, in which MNIST and its relatives are published.
 *
 * The bytes are: two zeros, the type code (8 unsigned byte … 14 float64), the number of axes, one big-endian 32-bit size
 * an axis, then the numbers in row-major order, big-endian. Values are not scaled: divide images by 255 yourself.
 * Decompress `.gz` files first, with `gunzipSync` of `node:zlib`.
 *
 * @param bytes the whole file
 * @returns a tensor with the shape in the file
 * @throws {RangeError} when the header is not IDX, or the file is shorter or longer than its header says
 * @see LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats"
 * @example
 * data.readIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 3, 10, 20, 30])).toArray() // [10, 20, 30]
 */
export function readIdx(bytes: Uint8Array, options: ReadIdxOptions = {}): Tensor {
  checkOptions("readIdx", options);
  const { dtype = "float32", ...rest } = options;
  rejectUnknownOptions("readIdx", rest, ["dtype"]);
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`readIdx: bytes must be a Uint8Array, got ${showValue(bytes)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new RangeError(
      "readIdx: bytes must be uncompressed, got gzip data\n  help: readIdx(gunzipSync(bytes)), with gunzipSync from node:zlib",
    );
  const type = bytes.length >= 4 && view.getUint16(0) === 0 ? types[view.getUint8(2)] : undefined;
  if (type === undefined)
    throw new RangeError(
      `readIdx: the first bytes must be 0, 0, a type code (8, 9, 11 to 14) and the number of axes, got ${[...bytes.slice(0, 4)].join(", ") || "no bytes"}`,
    );
  const axes = view.getUint8(3);
  const start = 4 + 4 * axes;
  if (bytes.length < start)
    throw new RangeError(`readIdx: the header of ${axes} axes needs ${start} bytes, got ${bytes.length}`);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  const wanted = start + size * type.bytes;
  if (bytes.length !== wanted)
    throw new RangeError(`readIdx: shape [${shape}] needs ${wanted} bytes, got ${bytes.length}`);
  const values = dtype === "float64" ? new Float64Array(size) : new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = type.read(view, start + i * type.bytes);
  return tensor(values, { shape, dtype });
}
