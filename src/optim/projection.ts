// What AdamP and SGDP share. Behind a normalization layer the length of a weight does not matter: the loss is the same for W and 2W,
// so the gradient is orthogonal to W, and yet every step along the gradient lengthens W (Pythagoras) and momentum keeps
// adding to it; longer weights then turn more slowly. Where gradient and weight are nearly orthogonal, both optimizers remove the part of
// the step along the weight.
import { engine, keptSpan, type Numbers, numbers, type Span, subSpan } from "../engine/engine.js";
import type { Run } from "./rule.js";

/** When a weight counts as scale invariant. */
export interface ProjectionSettings {
  /** δ: a view counts when the largest |cos(g, θ)| of its rows is below δ/√(numbers of a row). */
  readonly delta: number;
  /** ε, added to norms. */
  readonly eps: number;
}

/** Σ g·θ, Σ g² and Σ θ² of each row of a parameter. */
interface RowSums {
  readonly dot: Float64Array;
  readonly gradient: Float64Array;
  readonly parameter: Float64Array;
  readonly columns: number;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Rows of the first view in which the gradient is nearly orthogonal: one an output, or the whole as 1; 0 when in neither. */
function chooseView({ dot, gradient, parameter, columns }: RowSums, settings: ProjectionSettings): number {
  const { delta, eps } = settings;
  const isBelow = (limit: number, dotSum: number, g: number, p: number): boolean =>
    Math.abs(dotSum) / (Math.sqrt(g) + eps) / (Math.sqrt(p) + eps) < limit;
  const rows = dot.length;
  const limit = delta / Math.sqrt(columns);
  if (dot.every((value, r) => isBelow(limit, value, gradient[r]!, parameter[r]!))) return rows;
  return isBelow(limit / Math.sqrt(rows), sum(dot), sum(gradient), sum(parameter)) ? 1 : 0;
}

/**
 * In which view the gradient is nearly orthogonal to the parameter: the number of its rows, or 0 for none. The views are
 * one row for each output, then the whole tensor as one row. Parameters with fewer than two axes have none.
 *
 * @param start where the parameter begins in `p` and `g`
 */
export function findView(
  p: Numbers,
  g: Numbers,
  start: number,
  shape: readonly number[],
  settings: ProjectionSettings,
): number {
  if (shape.length < 2) return 0;
  const rows = shape[0]!;
  const columns = shape.slice(1).reduce((a, b) => a * b, 1);
  const [dot, gradient, parameter] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  for (let r = 0; r < rows; r++)
    for (let i = start + r * columns; i < start + (r + 1) * columns; i++) {
      dot[r]! += g[i]! * p[i]!;
      gradient[r]! += g[i]! * g[i]!;
      parameter[r]! += p[i]! * p[i]!;
    }
  return chooseView({ dot, gradient, parameter, columns }, settings);
}

/** `d ← d − θ̂⟨θ̂, d⟩` in each of `rows` rows, θ̂ = θ/(‖θ‖ + ε). d begins at 0, p at `start`. */
export function project(d: Numbers, p: Numbers, start: number, rows: number, eps: number): void {
  const columns = d.length / rows;
  for (let r = 0; r < rows; r++) {
    const from = r * columns;
    let dot = 0;
    let square = 0;
    for (let i = from; i < from + columns; i++) {
      dot += d[i]! * p[start + i]!;
      square += p[start + i]! * p[start + i]!;
    }
    const factor = dot / (Math.sqrt(square) + eps) ** 2;
    for (let i = from; i < from + columns; i++) d[i] = d[i]! - factor * p[start + i]!;
  }
}

/** One parameter cut out of its run, with memory to work in: the fast form of the functions above. */
export class FastProjection {
  readonly #p: Span;
  readonly #g: Span;
  readonly #product: Span;
  readonly #sums: Span;
  /** The direction of the step, to be filled by the caller. */
  readonly direction: Span;
  readonly #rows: number;
  readonly #columns: number;
  /** Σ θ² of each row, once `findView` has needed it. */
  #squaresOfParameter: Float64Array | null = null;

  constructor({ parameters, gradients, start, end, shape }: Run) {
    const size = end - start;
    this.#rows = shape[0]!;
    this.#columns = size / this.#rows;
    this.#p = subSpan(parameters, start, size);
    this.#g = subSpan(gradients, start, size);
    const room = Math.ceil(size / 16) * 16;
    const memory = scratch(parameters, 2 * room + this.#rows);
    this.direction = subSpan(memory, 0, size);
    this.#product = subSpan(memory, room, size);
    this.#sums = subSpan(memory, 2 * room, this.#rows);
  }

  /** See {@link findView}. */
  findView(settings: ProjectionSettings): number {
    const dot = this.#dotsWithParameter(this.#g);
    const gradient = this.#squares(this.#g);
    this.#squaresOfParameter = this.#squares(this.#p);
    const parameter = this.#squaresOfParameter;
    return chooseView({ dot, gradient, parameter, columns: this.#columns }, settings);
  }

  /** `θ ← shrink·θ − step·d`, d without its part along θ in the given view (0 rows: d as it is). */
  step(rows: number, shrink: number, step: number, eps: number): void {
    if (rows === 0) engine.unary("affine", this.#p, this.#p, shrink, 0);
    else {
      // shrink·θ − step·(d − θ·f) = (shrink + step·f)·θ − step·d with f = ⟨θ, d⟩/(‖θ‖ + ε)²
      const dots = this.#dotsWithParameter(this.direction);
      const squares = this.#squaresOfParameter ?? this.#squares(this.#p);
      if (rows === 1) {
        const f = sum(dots) / (Math.sqrt(sum(squares)) + eps) ** 2;
        engine.unary("affine", this.#p, this.#p, shrink + step * f, 0);
      } else {
        const factors = numbers(this.#sums);
        for (let r = 0; r < rows; r++)
          factors[r] = shrink + (step * dots[r]!) / (Math.sqrt(squares[r]!) + eps) ** 2;
        const sizes = [rows, this.#columns];
        engine.binary("mul", this.#p, this.#p, this.#sums, {
          kind: "column",
          sizes,
          aStrides: [this.#columns, 1],
          bStrides: [1, 0],
        });
      }
    }
    engine.addScaled(this.#p, this.direction, -step);
  }

  #dotsWithParameter(x: Span): Float64Array {
    const one = { sizes: [x.length], aStrides: [1], bStrides: [1] };
    engine.binary("mul", this.#product, this.#p, x, { kind: "same", ...one });
    engine.reduce("sum", this.#sums, this.#product, this.#rows, this.#columns, 1);
    return Float64Array.from(numbers(this.#sums));
  }

  #squares(x: Span): Float64Array {
    engine.reduce("sumOfSquares", this.#sums, x, this.#rows, this.#columns, 1);
    return Float64Array.from(numbers(this.#sums));
  }
}

const scratches: WeakMap<Span, Span> = new WeakMap();

/** Memory of at least `length` numbers that all parameters of one arena share. */
function scratch(arena: Span, length: number): Span {
  let memory = scratches.get(arena);
  if (memory === undefined || memory.length < length) {
    memory = keptSpan("float32", length);
    scratches.set(arena, memory);
  }
  return memory;
}
