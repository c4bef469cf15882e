// What every implementation of the engine must do, compared with the plain loops in float64. Tolerances are bounds:
// a sum of k products may be off by (k + 8)·2⁻²³ times the sum of their sizes (Higham, Accuracy and Stability of Numerical
// Algorithms, section 3.1), and the elementary functions by the number of units in the last place that vectorMath.ts states.
import { describe, expect, test } from "vitest";
import type {
  Activation,
  BinaryOperation,
  Engine,
  PairLayout,
  UnaryOperation,
} from "../../src/engine/interface.js";
import { numbers } from "../../src/engine/memory.js";
import { plainEngine } from "../../src/engine/plain.js";
import type { Span } from "../../src/engine/span.js";
import { Arena, expectWithin, Numbers32, reference, ulp } from "./engineArena.js";

const special = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  1e-40,
  -1e-40,
  3e38,
  -3e38,
  1,
  -1,
];
const lengths = [0, 1, 2, 3, 4, 5, 7, 15, 16, 17, 31, 63, 64, 65, 101];

/** Errors in ulp of the result; domain of ordinary values. What is missing here is not covered by emitted kernels. */
const unaryCases: {
  operation: UnaryOperation;
  p?: number;
  q?: number;
  low: number;
  high: number;
  ulps: number;
}[] = [
  { operation: "affine", p: 1.5, q: -0.25, low: -3, high: 3, ulps: 4 },
  { operation: "inverse", p: 2, low: 0.1, high: 3, ulps: 1 },
  { operation: "abs", low: -3, high: 3, ulps: 0 },
  { operation: "exp", low: -100, high: 88, ulps: 2 },
  { operation: "log", low: 1e-6, high: 1000, ulps: 3 },
  { operation: "sqrt", low: 0, high: 100, ulps: 1 },
  { operation: "square", low: -3, high: 3, ulps: 1 },
  { operation: "clamp", p: -0.5, q: 0.75, low: -3, high: 3, ulps: 0 },
  { operation: "relu", low: -3, high: 3, ulps: 0 },
  { operation: "leakyRelu", p: 0.125, low: -3, high: 3, ulps: 1 },
  { operation: "sigmoid", low: -30, high: 30, ulps: 4 },
  { operation: "tanh", low: -10, high: 10, ulps: 5 },
  { operation: "softplus", low: -30, high: 30, ulps: 5 },
  { operation: "gelu", low: -5, high: 5, ulps: 12 },
  { operation: "silu", low: -30, high: 30, ulps: 5 },
];
const operations: BinaryOperation[] = ["add", "sub", "mul", "div", "maximum", "minimum"];
const activations: Activation[] = ["none", "relu", "tanh", "sigmoid"];

const layouts: {
  kind: PairLayout["kind"];
  sizes: number[];
  aStrides: number[];
  bStrides: number[];
  b: number;
}[] = [
  ...[1, 3, 16, 67].map((n) => ({ kind: "same" as const, sizes: [n], aStrides: [1], bStrides: [1], b: n })),
  { kind: "scalar", sizes: [37], aStrides: [1], bStrides: [0], b: 1 },
  { kind: "row", sizes: [5, 19], aStrides: [19, 1], bStrides: [0, 1], b: 19 },
  { kind: "column", sizes: [5, 19], aStrides: [19, 1], bStrides: [1, 0], b: 5 },
  { kind: "row", sizes: [7, 1], aStrides: [1, 1], bStrides: [0, 1], b: 1 },
];

/** |A|·|B| for the bound of a product, and how many terms there are. */
const sumBound = (sizes: Span, terms: number): ((i: number) => number) => {
  const values = numbers(sizes);
  return (i) => (terms + 8) * 2 ** -23 * values[i]! + 1e-37;
};
const absolute = (values: Float32Array): Float32Array => values.map(Math.abs);

export interface EngineSuite {
  readonly makeEngine: () => Engine;
}

export function engineSuite({ makeEngine }: EngineSuite): void {
  const random = new Numbers32(2024);

  describe("functions of one number", () => {
    test.each(unaryCases)(
      "$operation is within $ulps ulp, for every length and special value",
      ({ operation, p = 0, q = 0, low, high, ulps }) => {
        const engine = makeEngine();
        for (const length of [...lengths, 4001]) {
          const arena = new Arena();
          const values = random.array(length, low, high);
          special.forEach((value, i) => {
            if (i < length && length > 60) values[i] = value;
          });
          const [x, y] = [arena.input(values), arena.output(length)];
          expect(engine.unary(operation, y, x, p, q)).toBe(true);
          const exact = reference(values);
          plainEngine.unary(operation, exact, exact, p, q);
          const es = numbers(exact);
          const scale =
            operation === "affine"
              ? (i: number) => Math.abs(p * values[i]!) + 1
              : (i: number) => Math.abs(es[i]!);
          expectWithin(y, float32Range(exact), (i) => ulps * ulp(scale(i)), operation);
          arena.check();
        }
      },
    );

    test.each(unaryCases)(
      "the gradient of $operation follows the plain loops",
      ({ operation, p = 0, q = 0, low, high }) => {
        const engine = makeEngine();
        const narrow = [Math.max(low, -8), Math.min(high, 8)] as const;
        for (const length of lengths) {
          const arena = new Arena();
          const values = random.array(length, ...narrow);
          if (length > 60) values.set([0, 1, Number.NaN]);
          const out = reference(values);
          plainEngine.unary(operation, out, out, p, q);
          const ys = Float32Array.from(numbers(out));
          const dys = random.array(length);
          const dx = arena.output(length);
          const [dy, x, y] = [arena.input(dys), arena.input(values), arena.input(ys)];
          expect(engine.unaryGrad(operation, dx, dy, x, y, p, q)).toBe(true);
          const exact = reference(dys);
          plainEngine.unaryGrad(operation, exact, exact, reference(values), reference(ys), p, q);
          expectWithin(
            dx,
            exact,
            (i) => 4e-6 * Math.max(Math.abs(numbers(exact)[i]!), Math.abs(dys[i]!)),
            `${operation} gradient`,
          );
          arena.check();
        }
      },
    );

    test("what is not covered is refused, so that the caller runs the plain loops", () => {
      const engine = makeEngine();
      const arena = new Arena();
      const [x, y] = [arena.input([1, 2]), arena.output(2)];
      expect(engine.unary("sin", y, x, 0, 0)).toBe(false);
      expect(engine.unary("exp", reference([1, 2]), reference([1, 2]), 0, 0)).toBe(false);
    });
  });

  describe("functions of two numbers", () => {
    test.each(
      operations.flatMap((operation) => layouts.map((layout) => ({ operation, layout, kind: layout.kind }))),
    )("$operation, $kind", ({ operation, layout }) => {
      const engine = makeEngine();
      const count = layout.sizes.reduce((a, b) => a * b, 1);
      const arena = new Arena();
      const [as, bs] = [random.array(count), random.array(layout.b, 0.5, 2)];
      if (count > 60) as.set(special);
      const [a, b, y] = [arena.input(as), arena.input(bs), arena.output(count)];
      expect(engine.binary(operation, y, a, b, layout)).toBe(true);
      const exact = reference(as);
      plainEngine.binary(operation, exact, reference(as), reference(bs), layout);
      expectWithin(y, float32Range(exact), (i) => ulp(numbers(exact)[i]!) + ulp(as[i]!), operation);
      arena.check();
      for (const side of ["a", "b"] as const) {
        const dys = random.array(count);
        const [dy, d] = [arena.input(dys), arena.output(count)];
        const wanted = reference(dys);
        plainEngine.binaryGrad(
          operation,
          side,
          wanted,
          reference(dys),
          reference(as),
          reference(bs),
          exact,
          layout,
        );
        if (engine.binaryGrad(operation, side, d, dy, a, b, y, layout))
          expectWithin(
            d,
            float32Range(wanted),
            (i) => 2 * ulp(numbers(wanted)[i]!),
            `${operation} gradient ${side}`,
          );
        arena.check();
      }
    });

    test("addScaled, fill and the squared error with its gradient", () => {
      const engine = makeEngine();
      for (const length of lengths) {
        const arena = new Arena();
        const [xs, ys] = [random.array(length), random.array(length)];
        const [x, y, z] = [arena.input(xs), arena.input(ys), arena.output(length, ys)];
        expect(engine.addScaled(z, x, 0.75)).toBe(true);
        expectWithin(z, reference(Array.from(xs, (v, i) => ys[i]! + 0.75 * v)), () => 2 ** -22, "addScaled");
        expect(engine.fill(z, 2.5)).toBe(true);
        expect(Array.from(numbers(z))).toEqual(new Array(length).fill(2.5));
        expect(engine.squaredErrorGrad(z, x, y, 0.5)).toBe(true);
        expectWithin(
          z,
          reference(Array.from(xs, (v, i) => 0.5 * (v - ys[i]!))),
          () => 2 ** -23,
          "squaredErrorGrad",
        );
        const loss = arena.output(1);
        expect(engine.squaredError(loss, x, y, 0.5)).toBe(true);
        const sum = xs.reduce((s, v, i) => s + 0.5 * (v - ys[i]!) ** 2, 0);
        expectWithin(loss, reference([sum]), () => (length + 8) * 2 ** -23 * sum, "squaredError");
        arena.check();
      }
    });
  });

  describe("sums, extremes, softmax", () => {
    const shapes = [
      [1, 1, 1],
      [1, 101, 1],
      [7, 16, 1],
      [3, 5, 1],
      [1, 64, 17],
      [3, 9, 4],
      [2, 5, 37],
      [5, 1, 3],
    ] as const;
    test.each(["sum", "mean", "max", "min", "sumOfSquares", "sumOfAbs"] as const)(
      "%s over each axis",
      (operation) => {
        const engine = makeEngine();
        for (const [outer, axis, inner] of shapes) {
          const arena = new Arena();
          const xs = random.array(outer * axis * inner);
          const [x, y] = [arena.input(xs), arena.output(outer * inner)];
          expect(engine.reduce(operation, y, x, outer, axis, inner)).toBe(true);
          const [exact, sizes] = [
            reference(new Array(outer * inner).fill(0)),
            reference(new Array(outer * inner).fill(0)),
          ];
          plainEngine.reduce(operation, exact, reference(xs), outer, axis, inner);
          plainEngine.reduce(operation, sizes, reference(absolute(xs)), outer, axis, inner);
          const bound = operation === "max" || operation === "min" ? () => 0 : sumBound(sizes, axis);
          expectWithin(y, exact, bound, `${operation} [${outer}, ${axis}, ${inner}]`);
          arena.check();
        }
      },
    );

    test("max and min are NaN when one of the numbers is", () => {
      const engine = makeEngine();
      for (const at of [0, 3, 16, 20]) {
        const arena = new Arena();
        const xs = random.array(21);
        xs[at] = Number.NaN;
        const [x, y] = [arena.input(xs), arena.output(1)];
        for (const operation of ["max", "min"] as const) {
          engine.reduce(operation, y, x, 1, 21, 1);
          expect(numbers(y)[0]).toBeNaN();
        }
      }
    });

    test("channelSum stores or adds", () => {
      const engine = makeEngine();
      for (const [n, channels, inner] of [
        [3, 5, 1],
        [2, 3, 49],
        [1, 1, 7],
        [4, 18, 1],
      ] as const)
        for (const accumulate of [false, true]) {
          const arena = new Arena();
          const [xs, before] = [random.array(n * channels * inner), random.array(channels)];
          const [x, y] = [arena.input(xs), arena.output(channels, before)];
          expect(engine.channelSum(y, x, n, channels, inner, accumulate)).toBe(true);
          const exact = reference(before);
          plainEngine.channelSum(exact, reference(xs), n, channels, inner, accumulate);
          expectWithin(y, exact, () => (n * inner + 8) * 2 ** -23 * n * inner, "channelSum");
          arena.check();
        }
    });

    test("softmax, its logarithm and their gradients", () => {
      const engine = makeEngine();
      for (const [rows, columns] of [
        [1, 1],
        [3, 10],
        [5, 17],
        [2, 64],
      ] as const)
        for (const logarithm of [false, true]) {
          const arena = new Arena();
          const xs = random.array(rows * columns, -40, 40);
          const [x, y] = [arena.input(xs), arena.output(rows * columns)];
          expect(engine.softmax(logarithm, y, x, rows, columns, 1)).toBe(true);
          const exact = reference(xs);
          plainEngine.softmax(logarithm, exact, reference(xs), rows, columns, 1);
          // The largest difference of logits, 80, is known to 80·2⁻²⁴; an exponential turns that into a relative error.
          const size = (i: number): number => Math.abs(numbers(exact)[i]!);
          expectWithin(
            y,
            exact,
            (i) => (logarithm ? 1e-6 * Math.max(size(i), 1) : 1e-5 * size(i) + 1e-37),
            "softmax",
          );
          const dys = random.array(rows * columns);
          const ys = Float32Array.from(numbers(exact));
          const [dy, out, dx] = [arena.input(dys), arena.input(ys), arena.output(rows * columns)];
          expect(engine.softmaxGrad(logarithm, dx, dy, out, rows, columns, 1)).toBe(true);
          const wanted = reference(dys);
          plainEngine.softmaxGrad(logarithm, wanted, reference(dys), reference(ys), rows, columns, 1);
          expectWithin(dx, wanted, () => 1e-5, "softmaxGrad");
          arena.check();
        }
    });

    test("crossEntropy and its gradient, with logits that would overflow", () => {
      const engine = makeEngine();
      for (const [rows, columns] of [
        [1, 2],
        [7, 10],
        [3, 33],
      ] as const) {
        const arena = new Arena();
        const xs = random.array(rows * columns, -200, 200);
        const classes = Int32Array.from({ length: rows }, () => random.integer(0, columns - 1));
        const [x, losses, p] = [arena.input(xs), arena.output(rows), arena.output(rows * columns)];
        expect(engine.crossEntropy(losses, p, x, classes, rows, columns)).toBe(true);
        const [exact, exactP] = [reference(new Array(rows).fill(0)), reference(xs)];
        plainEngine.crossEntropy(exact, exactP, reference(xs), classes, rows, columns);
        expectWithin(losses, exact, (i) => 1e-6 * Math.max(1, numbers(exact)[i]!), "crossEntropy");
        expectWithin(p, exactP, (i) => 1e-4 * numbers(exactP)[i]! + 1e-37, "probabilities");
        const ps = Float32Array.from(numbers(exactP));
        const [given, d] = [arena.input(ps), arena.output(rows * columns)];
        expect(engine.crossEntropyGrad(d, given, classes, rows, columns, 0.25)).toBe(true);
        const wanted = reference(xs);
        plainEngine.crossEntropyGrad(wanted, reference(ps), classes, rows, columns, 0.25);
        expectWithin(d, wanted, () => 1e-7, "crossEntropyGrad");
        arena.check();
      }
    });
  });

  describe("products", () => {
    const sizes = [
      [1, 1, 1], [1, 17, 5], [17, 1, 5], [5, 17, 1], [6, 16, 8], [7, 9, 3], [5, 15, 256], [13, 33, 257], [97, 7, 2],
      [4, 8, 4], [3, 1030, 2], [12, 31, 513], [2, 3, 0], [0, 3, 2],
    ] as const; // biome-ignore format: a table
    test.each([
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ])("matmul, transposed %s %s", (ta, tb) => {
      const engine = makeEngine();
      for (const [m, n, k] of sizes)
        for (const accumulate of [false, true]) {
          const arena = new Arena();
          const [as, bs, before] = [random.array(m * k), random.array(k * n), random.array(m * n)];
          const [a, b, c] = [arena.input(as), arena.input(bs), arena.output(m * n, before)];
          expect(engine.matmul(c, a, b, m, n, k, ta, tb, 1, 0, 0, accumulate)).toBe(true);
          const [exact, bound] = [reference(before), reference(absolute(before))];
          plainEngine.matmul(exact, reference(as), reference(bs), m, n, k, ta, tb, 1, 0, 0, accumulate);
          plainEngine.matmul(
            bound,
            reference(absolute(as)),
            reference(absolute(bs)),
            m,
            n,
            k,
            ta,
            tb,
            1,
            0,
            0,
            accumulate,
          );
          expectWithin(c, exact, sumBound(bound, k), `matmul ${m} ${n} ${k}`);
          arena.check();
        }
    });

    test("a batch of products, one operand shared", () => {
      const engine = makeEngine();
      const arena = new Arena();
      const [as, bs] = [random.array(3 * 35), random.array(63)];
      const [a, b, c] = [arena.input(as), arena.input(bs), arena.output(3 * 45)];
      expect(engine.matmul(c, a, b, 5, 9, 7, false, false, 3, 35, 0, false)).toBe(true);
      const exact = reference(new Array(135).fill(0));
      plainEngine.matmul(exact, reference(as), reference(bs), 5, 9, 7, false, false, 3, 35, 0, false);
      expectWithin(c, exact, () => 15 * 2 ** -23 * 7, "batched matmul");
      arena.check();
    });

    test("an infinite or missing number stays where it is: no padding multiplies it by zero", () => {
      const engine = makeEngine();
      for (const bad of [Number.POSITIVE_INFINITY, Number.NaN]) {
        const arena = new Arena();
        const [as, bs] = [random.array(7 * 5), random.array(5 * 18, 0.5, 1)];
        as[3 * 5 + 2] = bad;
        const [a, b, c] = [arena.input(as), arena.input(bs), arena.output(7 * 18)];
        engine.matmul(c, a, b, 7, 18, 5, false, false, 1, 0, 0, false);
        const exact = reference(new Array(7 * 18).fill(0));
        plainEngine.matmul(exact, reference(as), reference(bs), 7, 18, 5, false, false, 1, 0, 0, false);
        expectWithin(c, exact, () => 1e-5, "matmul with a special value");
      }
    });

    test.each(activations)("linear and its gradients, activation %s", (activation) => {
      const engine = makeEngine();
      for (const [rows, inputs, outputs] of [
        [1, 3, 5],
        [64, 1, 64],
        [9, 64, 1],
        [7, 20, 33],
        [1, 1, 1],
        [13, 2, 2],
      ] as const)
        for (const accumulate of [0, 7]) {
          const arena = new Arena();
          const [xs, ws, bs] = [
            random.array(rows * inputs),
            random.array(outputs * inputs),
            random.array(outputs),
          ];
          const [x, w, b, y] = [
            arena.input(xs),
            arena.input(ws),
            arena.input(bs),
            arena.output(rows * outputs),
          ];
          const exact = reference(new Array(rows * outputs).fill(0));
          for (const withBias of [true, false]) {
            expect(engine.linear(y, x, w, withBias ? b : null, activation, rows, inputs, outputs)).toBe(true);
            plainEngine.linear(
              exact,
              reference(xs),
              reference(ws),
              withBias ? reference(bs) : null,
              activation,
              rows,
              inputs,
              outputs,
            );
            expectWithin(y, exact, () => (inputs + 16) * 2 ** -23 * (inputs + 1), "linear");
          }
          const ys = Float32Array.from(numbers(exact));
          const [dys, before] = [
            random.array(rows * outputs),
            random.array(Math.max(rows, outputs) * inputs + outputs),
          ];
          const part = (length: number): Float32Array => before.slice(0, length);
          const [dy, out] = [arena.input(dys), arena.input(ys)];
          const lengthsOf = [rows * inputs, outputs * inputs, outputs] as const;
          const [dx, dw, db] = lengthsOf.map((n) => arena.output(n, part(n))) as [Span, Span, Span];
          const wanted = lengthsOf.map((n) => reference(part(n))) as [Span, Span, Span];
          expect(
            engine.linearGrad(dx, dw, db, dy, x, w, out, activation, rows, inputs, outputs, accumulate),
          ).toBe(true);
          plainEngine.linearGrad(
            ...wanted,
            reference(dys),
            reference(xs),
            reference(ws),
            reference(ys),
            activation,
            rows,
            inputs,
            outputs,
            accumulate,
          );
          for (const [i, actual] of [dx, dw, db].entries()) {
            const terms = i === 0 ? outputs : rows;
            expectWithin(
              actual,
              wanted[i] as Span,
              () => (terms + 10) * 2 ** -23 * (terms + 1),
              `linearGrad output ${i}`,
            );
          }
          arena.check();
        }
    });
  });
}

/** The reference rounded to float32 where that overflows, so that infinities compare. */
function float32Range(span: Span): Span {
  return reference(Array.from(numbers(span), (x) => (Math.abs(x) > 3.4028235e38 ? Math.fround(x) : x)));
}
