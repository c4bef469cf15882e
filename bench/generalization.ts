// Gradient boosting of 100 trees of depth 3 on 10,000 × 10 values, against scikit-learn in turns in the same run; and the
// bias–variance sweep of the course (degrees 0–9, 500 training sets each).
//
//   npx tsx bench/generalization.ts          (after npm run build)
//
// TORCH_PYTHON names the Python that has scikit-learn, default /usr/bin/python3.
import { execFileSync } from "node:child_process";
import { createRandom, generalization } from "../dist/src/index.js";

const python = process.env.TORCH_PYTHON ?? "/usr/bin/python3";
const rounds = 5;

/** The same table in both languages: a linear congruential generator a line of Python can repeat. */
function table(n: number, features: number): number[][] {
  let state = 1;
  return Array.from({ length: n }, () =>
    Array.from({ length: features }, () => {
      state = (state * 16807) % 2147483647;
      return state / 2147483647;
    }),
  );
}

const script = `
import time
from sklearn.ensemble import GradientBoostingRegressor
import sklearn
state = 1
rows = []
for _ in range(10000):
    row = []
    for _ in range(10):
        state = state * 16807 % 2147483647
        row.append(state / 2147483647)
    rows.append(row)
y = [r[0] * r[1] + r[2] ** 2 for r in rows]
start = time.perf_counter()
model = GradientBoostingRegressor(random_state=0).fit(rows, y)
seconds = time.perf_counter() - start
print(sklearn.__version__, seconds, *model.predict(rows[:5]))
`;

const median = (values: number[]): number =>
  values.slice().sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const x = table(10_000, 10);
const y = x.map((row) => row[0]! * row[1]! + row[2]! ** 2);
const ours: number[] = [];
const theirs: number[] = [];
let version = "";
for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  const model = new generalization.GradientBoostingRegressor().fit(x, y);
  ours.push(performance.now() - start);
  const [name, seconds, ...predictions] = execFileSync(python, ["-c", script], { encoding: "utf8" })
    .trim()
    .split(" ");
  version = name!;
  theirs.push(1000 * Number(seconds));
  const worst = Math.max(
    ...model.predict(x.slice(0, 5)).map((value, i) => Math.abs(value - Number(predictions[i]))),
  );
  if (worst > 1e-8) throw new Error(`predictions differ from scikit-learn's by ${worst}`);
}
console.log(`Node ${process.version}, scikit-learn ${version}, ${rounds} rounds in turns, medians`);
console.log(
  `gradient boosting: ours ${median(ours).toFixed(0)} ms, scikit-learn ${median(theirs).toFixed(0)} ms, ratio ${(median(theirs) / median(ours)).toFixed(2)}`,
);

const test = Array.from({ length: 200 }, (_, i) => 0.02 + (0.96 * i) / 199);
const sweeps = Array.from({ length: rounds }, () => {
  const start = performance.now();
  generalization.biasVarianceSweep(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    (degree: number) => ({
      fit: new generalization.PolynomialRegression({ degree }),
      truth: (value: number) => Math.sin(2 * Math.PI * value),
      noise: 0.3,
      sample: 20,
      test,
      rounds: 500,
    }),
    { random: createRandom(1) },
  );
  return performance.now() - start;
});
console.log(`bias-variance sweep, degrees 0 to 9, 500 training sets each: ${median(sweeps).toFixed(0)} ms`);
