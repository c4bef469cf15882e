// groupKFold must break ties as scikit-learn does, which sorts with NumPy's default sort. That sort is not stable, so its
// order of equal values is part of the result: this is the same algorithm, introsort (Musser 1997) with the median of
// three as pivot, the larger part kept for later, and insertion sort for runs of at most 16.

const SMALL = 15;

/**
 * The order that sorts `values` ascending: `order[0]` is the index of the smallest. Ties come as in `numpy.argsort`
 * with its default (unstable) kind.
 */
export function introsortOrder(values: ArrayLike<number>): number[] {
  const order = Array.from({ length: values.length }, (_, i) => i);
  const at = (position: number): number => values[order[position]!]!;
  const swap = (a: number, b: number): void => {
    [order[a], order[b]] = [order[b]!, order[a]!];
  };
  const later: [left: number, right: number][] = [];
  let left = 0;
  let right = order.length - 1;
  for (;;) {
    while (right - left > SMALL) {
      const cut = partition(left, right, at, swap);
      if (cut - left < right - cut) {
        later.push([cut + 1, right]);
        right = cut - 1;
      } else {
        later.push([left, cut - 1]);
        left = cut + 1;
      }
    }
    insertionSort(order, values, left, right);
    const next = later.pop();
    if (next === undefined) return order;
    [left, right] = next;
  }
}

/** Moves what is smaller than the pivot to its left and returns the pivot's place. */
function partition(
  left: number,
  right: number,
  at: (position: number) => number,
  swap: (a: number, b: number) => void,
): number {
  const middle = left + ((right - left) >> 1);
  if (at(middle) < at(left)) swap(middle, left);
  if (at(right) < at(middle)) swap(right, middle);
  if (at(middle) < at(left)) swap(middle, left);
  const pivot = at(middle);
  let i = left;
  let j = right - 1;
  swap(middle, j);
  for (;;) {
    do i++;
    while (at(i) < pivot);
    do j--;
    while (pivot < at(j));
    if (i >= j) break;
    swap(i, j);
  }
  swap(i, right - 1);
  return i;
}

function insertionSort(order: number[], values: ArrayLike<number>, left: number, right: number): void {
  for (let i = left + 1; i <= right; i++) {
    const index = order[i]!;
    const value = values[index]!;
    let j = i;
    while (j > left && value < values[order[j - 1]!]!) {
      order[j] = order[j - 1]!;
      j--;
    }
    order[j] = index;
  }
}
