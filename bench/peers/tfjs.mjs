// TensorFlow.js with its WebAssembly backend, one thread. Its packages are not dependencies of gradbook:
//   npm install --prefix bench/peers --ignore-scripts
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import * as tf from "@tensorflow/tfjs";
import * as wasm from "@tensorflow/tfjs-backend-wasm";

console.warn = () => {};
const sizes = JSON.parse(process.argv[2]);
const packageFile = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
wasm.setWasmPaths(`${path.dirname(packageFile)}/dist/`);
wasm.setThreadsCount(1);
tf.env().set("WASM_HAS_SIMD_SUPPORT", true);
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
await tf.setBackend("wasm");
await tf.ready();

const prepare = new Map();
/** Runs, reads the result (which waits for it) and frees the intermediates. */
const run = (f) => () => {
  tf.tidy(() => {
    for (const result of [f()].flat()) result.dataSync();
  });
};

for (const n of sizes.matmul)
  prepare.set(`matmul ${n}`, () => {
    const [a, b] = [tf.randomNormal([n, n]), tf.randomNormal([n, n])];
    return run(() => tf.matMul(a, b));
  });
for (const { id, batch, inChannels, outChannels, size, kernel, padding } of sizes.conv) {
  const make = () => {
    const x = tf.randomNormal([batch, ...size, inChannels]); // channels last is its native layout
    const w = tf.randomNormal([...size.map(() => kernel), inChannels, outChannels]);
    const pad = padding > 0 ? "same" : "valid";
    const f = [
      (a, b) => tf.conv1d(a, b, 1, pad),
      (a, b) => tf.conv2d(a, b, 1, pad),
      (a, b) => tf.conv3d(a, b, 1, pad),
    ];
    return { x, w, f: f[size.length - 1] };
  };
  prepare.set(`${id}, forward`, () => {
    const { x, w, f } = make();
    return run(() => f(x, w));
  });
  prepare.set(`${id}, backward`, () => {
    const { x, w, f } = make();
    const gradients = tf.grads(f);
    const dy = tf.tidy(() => tf.onesLike(f(x, w)));
    return run(() => gradients([x, w], dy));
  });
}
const optimizers = {
  SGD: () => tf.train.sgd(0.01),
  momentum: () => tf.train.momentum(0.01, 0.9),
  Adam: () => tf.train.adam(1e-3),
};
for (const [name, makeOptimizer] of Object.entries(optimizers))
  prepare.set(`MLP 1-64-64-1, ${name} step`, () => {
    const shapes = [[1, 64], [64], [64, 64], [64], [64, 1], [1]];
    const v = shapes.map((shape) => tf.variable(tf.randomNormal(shape, 0, 0.3)));
    const x = tf.linspace(-1, 1, 64).reshape([64, 1]);
    const y = x.mul(3).sin();
    const optimizer = makeOptimizer();
    return () => {
      optimizer.minimize(
        () => {
          const first = tf.tanh(tf.matMul(x, v[0]).add(v[1]));
          const second = tf.tanh(tf.matMul(first, v[2]).add(v[3]));
          return tf.matMul(second, v[4]).add(v[5]).sub(y).square().mean();
        },
        false,
        v,
      );
    };
  });
prepare.set("Adam on 1M parameters", () => {
  const p = tf.variable(tf.randomNormal([1 << 20]));
  const g = tf.randomNormal([1 << 20]);
  const optimizer = tf.train.adam(1e-3);
  return () => optimizer.applyGradients({ [p.name]: g });
});

console.log(JSON.stringify({ ready: `tfjs-wasm ${tf.version.tfjs}, 1 thread` }));
let ready = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { workload, budgetMs } = JSON.parse(line);
  try {
    if (!prepare.has(workload)) throw new Error("not available");
    if (!ready.has(workload)) {
      ready = new Map([[workload, prepare.get(workload)()]]);
      const start = performance.now();
      for (let i = 0; i < 3 || performance.now() - start < 80; i++) ready.get(workload)();
    }
    const times = [];
    const start = performance.now();
    do {
      const before = performance.now();
      ready.get(workload)();
      times.push(performance.now() - before);
    } while (performance.now() - start < budgetMs);
    times.sort((a, b) => a - b);
    console.log(
      JSON.stringify({ workload, median: times[times.length >> 1], minimum: times[0], calls: times.length }),
    );
  } catch (error) {
    prepare.delete(workload);
    console.log(JSON.stringify({ workload, error: String(error.message ?? error).slice(0, 200) }));
  }
}
