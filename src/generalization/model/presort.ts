// Samples as columns, each with the order that sorts it. A tree scans every feature in ascending order at every node;
// sorting once and keeping the order while nodes are divided makes a whole level cost one pass.

/** Columns in single precision, as scikit-learn's trees compare them, and for each the ascending order of its samples. */
export interface Presorted {
  readonly n: number;
  readonly columns: readonly Float32Array[];
  readonly orders: readonly Int32Array[];
}

/** @param x rows, already checked */
export function presort(x: readonly ArrayLike<number>[]): Presorted {
  const n = x.length;
  const features = x[0]!.length;
  const columns: Float32Array[] = [];
  const orders: Int32Array[] = [];
  for (let feature = 0; feature < features; feature++) {
    const column = Float32Array.from(x, (row) => row[feature]!);
    columns.push(column);
    orders.push(Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => column[a]! - column[b]! || a - b));
  }
  return { n, columns, orders };
}
