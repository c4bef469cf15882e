// gradbook as a lesson would call it: layers, losses and optimizers of the public API, with autograd.
import * as conv from "../../src/conv/index.js";
import { status } from "../../src/engine/control.js";
import { program } from "../../src/engine/threads/startThreads.js";
import { createRandom, linspace, noGrad, randn, type Tensor } from "../../src/index.js";
import * as nn from "../../src/nn/index.js";
import * as optim from "../../src/optim/index.js";
import { type Prepare, serve } from "../serve.js";
import { convSizes, matmulSizes, outputSize } from "../workloads.js";

const random = createRandom(1);
const prepare = new Map<string, Prepare>();

for (const n of matmulSizes)
  prepare.set(`matmul ${n}`, () => {
    const [a, b] = [randn([n, n], { random }), randn([n, n], { random })];
    return () => void noGrad(() => a.matmul(b));
  });

const convolutions = [conv.conv1d, conv.conv2d, conv.conv3d];
for (const size of convSizes) {
  const { id, batch, inChannels, outChannels, kernel, padding } = size;
  const run = convolutions[size.size.length - 1] as typeof conv.conv2d;
  const operands = (requiresGrad: boolean): [Tensor, Tensor] => {
    const x = randn([batch, inChannels, ...size.size], { random });
    const w = randn([outChannels, inChannels, ...size.size.map(() => kernel)], { random });
    x.requiresGrad = requiresGrad;
    w.requiresGrad = requiresGrad;
    return [x, w];
  };
  prepare.set(`${id}, forward`, () => {
    const [x, w] = operands(false);
    return () => void noGrad(() => run(x, w, { padding }));
  });
  prepare.set(`${id}, backward`, () => {
    const [x, w] = operands(true);
    const gradient = randn([batch, outChannels, ...outputSize(size)], { random });
    return () => {
      x.zeroGrad();
      w.zeroGrad();
      const y = run(x, w, { padding });
      const start = performance.now();
      y.backward(gradient);
      return performance.now() - start;
    };
  });
}

/** One training step that must lower the loss within the warm-up, or the workload is refused. */
function training(model: nn.Module, lossOf: () => Tensor, optimizer: optim.Optimizer): () => undefined {
  const step = (): Tensor => {
    optimizer.zeroGrad();
    const loss = lossOf();
    loss.backward();
    optimizer.step();
    return loss;
  };
  const first = step().item();
  for (let i = 0; i < 30; i++) step();
  const last = step().item();
  if (!(last < first))
    throw new Error(
      `the loss did not fall: ${first} -> ${last} with ${nn.countParameters(model)} parameters`,
    );
  return () => void step();
}

const optimizers: Record<string, (parameters: Tensor[]) => optim.Optimizer> = {
  SGD: (parameters) => new optim.SGD(parameters, { learningRate: 0.01 }),
  momentum: (parameters) => new optim.SGD(parameters, { learningRate: 0.01, momentum: 0.9 }),
  Adam: (parameters) => new optim.Adam(parameters, { learningRate: 1e-3 }),
};
for (const [name, makeOptimizer] of Object.entries(optimizers))
  prepare.set(`MLP 1-64-64-1, ${name} step`, () => {
    const model = new nn.MLP({ sizes: [1, 64, 64, 1], activation: "tanh", random });
    const x = linspace(-1, 1, 64).reshape(64, 1);
    const y = x.mul(3).sin();
    return training(model, () => nn.mseLoss(model.forward(x), y), makeOptimizer(model.parameters()));
  });

prepare.set("LeNet 28x28, batch 64, Adam step", () => {
  const model = new nn.Sequential(
    new nn.Conv2d(1, 6, { kernelSize: 5, random }),
    new nn.ReLU(),
    new nn.MaxPool2d({ kernelSize: 2 }),
    new nn.Conv2d(6, 16, { kernelSize: 5, random }),
    new nn.ReLU(),
    new nn.MaxPool2d({ kernelSize: 2 }),
    new nn.Flatten(),
    new nn.Linear(256, 120, { random }),
    new nn.ReLU(),
    new nn.Linear(120, 84, { random }),
    new nn.ReLU(),
    new nn.Linear(84, 10, { random }),
  );
  const images = randn([64, 1, 28, 28], { random });
  const labels = Array.from({ length: 64 }, (_, i) => i % 10);
  const optimizer = new optim.Adam(model.parameters(), { learningRate: 1e-3 });
  return training(model, () => nn.crossEntropy(model.forward(images), labels), optimizer);
});

/** One step of an optimizer on a matrix of 2²⁰ numbers; projected: the gradient is orthogonal to each of its rows. */
const largeStep =
  (make: (parameters: Tensor[]) => optim.Optimizer, projected = false) =>
  (): (() => undefined) => {
    const weights = randn([1024, 1024], { random });
    weights.requiresGrad = true;
    const optimizer = make([weights]);
    const gradient = randn([1024, 1024], { random });
    if (projected) {
      const [w, g] = [weights.data, gradient.data];
      for (let row = 0; row < w.length; row += 1024) {
        let [dot, square] = [0, 0];
        for (let i = row; i < row + 1024; i++) {
          dot += w[i]! * g[i]!;
          square += w[i]! ** 2;
        }
        for (let i = row; i < row + 1024; i++) g[i] = g[i]! - (dot / square) * w[i]!;
      }
    }
    weights.backward(gradient);
    return () => void optimizer.step();
  };
// A learning rate this small keeps the gradient orthogonal for as long as anybody measures.
const tiny = { learningRate: 1e-9 };
prepare.set(
  "Adam on 1M parameters",
  largeStep((p) => new optim.Adam(p)),
);
prepare.set(
  "AdamW on 1M parameters",
  largeStep((p) => new optim.AdamW(p)),
);
prepare.set(
  "RAdam on 1M parameters",
  largeStep((p) => new optim.RAdam(p)),
);
prepare.set(
  "RMSprop on 1M parameters",
  largeStep((p) => new optim.RMSprop(p)),
);
prepare.set(
  "AdamP on 1M parameters",
  largeStep((p) => new optim.AdamP(p, { ...tiny, delta: 0 })),
);
prepare.set(
  "AdamP on 1M parameters, projected",
  largeStep((p) => new optim.AdamP(p, tiny), true),
);

// Threads run compiled code.
program.url = new URL("../../dist/src/engine/threads/helperMain.js", import.meta.url);
const { path, threads } = status();
await serve(
  `gradbook, Node ${process.versions.node}, path ${path}${threads === 1 ? "" : `, ${threads} threads`}`,
  prepare,
);
