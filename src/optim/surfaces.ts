// Functions of two numbers to watch optimizers on. `plot.contour` and `plot.trajectories` take them as they are.

/** A test surface: a function with what is known about it. */
export interface Surface {
  (x: number, y: number): number;
  /** ∂f/∂x and ∂f/∂y. */
  readonly gradient: (x: number, y: number) => [number, number];
  /** The region worth looking at. */
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  /** All minima as points; empty where there is none, or a whole line of them. */
  readonly minima: readonly (readonly [number, number])[];
  /** A start from which the optimizers can be told apart. */
  readonly start: readonly [number, number];
}

type Facts = Omit<Surface, "name" | "length">;

function surface(name: string, f: (x: number, y: number) => number, facts: Facts): Surface {
  return Object.defineProperty(Object.assign(f, facts), "name", { value: name }) as Surface;
}

/**
 * `(x² + 20y²) / 2`: a bowl along the axes with condition number 20. Gradient descent is stable below η = 2/20.
 *
 * @example
 * optim.surfaces.quadratic(1, 1) // 10.5
 */
export const quadratic: Surface = surface("quadratic", (x, y) => (x * x + 20 * y * y) / 2, {
  gradient: (x, y) => [x, 20 * y],
  xDomain: [-5, 5],
  yDomain: [-2, 2],
  minima: [[0, 0]],
  start: [-4, 1.5],
});

/**
 * `0.1(x + y)² + 2(x − y)²`: a bowl whose axes are turned by 45°, condition number 20. Optimizers that scale each coordinate by itself lose
 * their advantage.
 *
 * @example
 * optim.surfaces.rotatedQuadratic(1, 1) // 0.4
 */
export const rotatedQuadratic: Surface = surface(
  "rotatedQuadratic",
  (x, y) => 0.1 * (x + y) ** 2 + 2 * (x - y) ** 2,
  {
    gradient: (x, y) => [0.2 * (x + y) + 4 * (x - y), 0.2 * (x + y) - 4 * (x - y)],
    xDomain: [-5, 5],
    yDomain: [-5, 5],
    minima: [[0, 0]],
    start: [-4, -1.5],
  },
);

/**
 * `(0.99x² + 0.01y²) / 2`: the mean loss of two weights when a sample has only one of two features, the second in one sample of a hundred.
 * Its weight's gradient is small, not because it is right but because it is rarely asked: with a step that is stable for x, gradient
 * descent needs hundreds of steps for y, while rules that divide by the size of past gradients treat both alike.
 *
 * @example
 * optim.surfaces.sparse(1, 1) // 0.5
 */
export const sparse: Surface = surface("sparse", (x, y) => (0.99 * x * x + 0.01 * y * y) / 2, {
  gradient: (x, y) => [0.99 * x, 0.01 * y],
  xDomain: [-5, 5],
  yDomain: [-5, 5],
  minima: [[0, 0]],
  start: [-4, 4],
});

/**
 * `(1 − x)² + 100(y − x²)²`: a curved valley, quickly found and slowly followed (Rosenbrock 1960).
 *
 * @example
 * optim.surfaces.rosenbrock(-1, 1) // 4
 */
export const rosenbrock: Surface = surface("rosenbrock", (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, {
  gradient: (x, y) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
  xDomain: [-2, 2],
  yDomain: [-1, 3],
  minima: [[1, 1]],
  start: [-1.5, 2],
});

/**
 * `(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²`: flat, with steep walls in the corners (Beale 1958).
 *
 * @example
 * optim.surfaces.beale(3, 0.5) // 0
 */
export const beale: Surface = surface(
  "beale",
  (x, y) => (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y ** 3) ** 2,
  {
    gradient: (x, y) => {
      const a = 1.5 - x + x * y;
      const b = 2.25 - x + x * y * y;
      const c = 2.625 - x + x * y ** 3;
      return [
        2 * a * (y - 1) + 2 * b * (y * y - 1) + 2 * c * (y ** 3 - 1),
        2 * a * x + 4 * b * x * y + 6 * c * x * y * y,
      ];
    },
    xDomain: [-1, 4.5],
    yDomain: [-2, 2],
    minima: [[3, 0.5]],
    start: [1, 1.5],
  },
);

/**
 * `x² / 2 − y² / 2 + y⁴ / 16`: a saddle at (0, 0) between two minima. On the line y = 0 the gradient leads into the saddle.
 *
 * @example
 * optim.surfaces.saddle(0, 2) // -1
 */
export const saddle: Surface = surface("saddle", (x, y) => (x * x) / 2 - (y * y) / 2 + y ** 4 / 16, {
  gradient: (x, y) => [x, -y + y ** 3 / 4],
  xDomain: [-3, 3],
  yDomain: [-3, 3],
  minima: [
    [0, 2],
    [0, -2],
  ],
  start: [-2.5, 0.01],
});

/**
 * `1 − exp(−(x² + y²) / 2)`: almost flat away from the minimum, so that gradients there are almost 0.
 *
 * @example
 * optim.surfaces.plateau(0, 0) // 0
 */
export const plateau: Surface = surface("plateau", (x, y) => 1 - Math.exp(-(x * x + y * y) / 2), {
  gradient: (x, y) => {
    const e = Math.exp(-(x * x + y * y) / 2);
    return [x * e, y * e];
  },
  xDomain: [-4, 4],
  yDomain: [-4, 4],
  minima: [[0, 0]],
  start: [-2.8, 1.2],
});

/**
 * `(x² + y − 11)² + (x + y² − 7)²`: four minima of equal depth; where one ends depends on start and optimizer (Himmelblau 1972).
 *
 * @example
 * optim.surfaces.himmelblau(3, 2) // 0
 */
export const himmelblau: Surface = surface(
  "himmelblau",
  (x, y) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
  {
    gradient: (x, y) => {
      const a = x * x + y - 11;
      const b = x + y * y - 7;
      return [4 * x * a + 2 * b, 2 * a + 4 * y * b];
    },
    xDomain: [-5, 5],
    yDomain: [-5, 5],
    minima: [
      [3, 2],
      [-2.805118086952745, 3.131312518250573],
      [-3.779310253377747, -3.28318599128617],
      [3.584428340330492, -1.848126526964404],
    ],
    start: [0, 0],
  },
);
