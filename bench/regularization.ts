// Augmenting a batch of 64 colour images of 32 × 32 with affine + CutMix, and one epoch of a regularized LeNet on the digits: augmentation,
// batch norm, dropout, label smoothing and decoupled weight decay at once.
//
//   npx tsx bench/regularization.ts          (after npm run build)
import {
  createRandom,
  data,
  nn,
  optim,
  pad,
  regularization,
  type Tensor,
  train,
  uniform,
} from "../dist/src/index.js";

const { affine } = regularization.augment;
const random = createRandom(1);
interface Duration {
  readonly wall: number;
  readonly cpu: number;
}
const timed = (work: () => void): Duration => {
  const [start, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
};
/** The shortest tells what the code costs; the middle, by the clock, what a user of this machine sees now; CPU time, what a busy machine cannot change. */
function show(durations: readonly Duration[], digits: number): string {
  const sorted = (values: number[]): number[] => values.sort((a, b) => a - b);
  const [wall, cpu] = [sorted(durations.map((one) => one.wall)), sorted(durations.map((one) => one.cpu))];
  const middle = (values: number[]): string => values[values.length >> 1]!.toFixed(digits);
  return `shortest ${wall[0]!.toFixed(digits)} ms, median ${middle(wall)} ms, median CPU time ${middle(cpu)} ms of ${durations.length}`;
}
console.log(`Node ${process.version}`);

const jitter = {
  angle: [-15, 15],
  translateX: [-3, 3],
  translateY: [-3, 3],
  scale: [0.9, 1.1],
  random,
} as const;
const x = uniform([64, 3, 32, 32], { random });
const y = data.oneHot(
  Array.from({ length: 64 }, (_, i) => i % 10),
  10,
);
const still = affine(x, { angle: 0 });
if (!still.data.every((value, i) => value === x.data[i])) throw new Error("turning by 0° moved pixels");
const steps = {
  "affine alone": () => affine(x, jitter),
  "affine + CutMix": () => regularization.cutmix(affine(x, jitter), y, { random }),
};
for (const [name, work] of Object.entries(steps)) {
  for (let i = 0; i < 20; i++) work();
  console.log(
    `${name}, 64×3×32×32: ${show(
      Array.from({ length: 200 }, () => timed(work)),
      2,
    )} (target 5)`,
  );
}

const digits = data.datasets.digits();
const wide = pad(digits.x, [
  [0, 0],
  [0, 0],
  [10, 10],
  [10, 10],
]);
/** LeNet-5's layers; `field` numbers a channel are left for the dense part. */
function lenet(padding: number, field: number): nn.Sequential {
  return new nn.Sequential(
    new nn.Conv2d(1, 6, { kernelSize: 5, padding: 2, bias: false, random }),
    new nn.BatchNorm2d(6),
    new nn.ReLU(),
    new nn.MaxPool2d({ kernelSize: 2 }),
    new nn.Conv2d(6, 16, { kernelSize: 5, padding, bias: false, random }),
    new nn.BatchNorm2d(16),
    new nn.ReLU(),
    new nn.MaxPool2d({ kernelSize: 2 }),
    new nn.Flatten(),
    new nn.Linear(16 * field, 120, { random }),
    new nn.ReLU(),
    new nn.Dropout({ p: 0.25, random }),
    new nn.Linear(120, 84, { random }),
    new nn.ReLU(),
    new nn.Linear(84, 10, { random }),
  );
}
function epochs(model: nn.Sequential, images: Tensor, size: number): Duration[] {
  const amounts = { angle: [-10, 10], translateX: [-size / 16, size / 16], random } as const;
  const optimizer = new optim.AdamW(model.parameters(), { learningRate: 2e-3 });
  const durations: Duration[] = [];
  let accuracy = 0;
  for (let epoch = 0; epoch < 8; epoch++)
    durations.push(
      timed(() => {
        const history = train.fit(model, {
          data: { x: images, y: digits.y },
          batchSize: 64,
          epochs: 1,
          random,
          optimizer,
          transform: (batchX, batchY) =>
            regularization.cutmix(affine(batchX, amounts), data.oneHot(batchY, 10), { alpha: 0.5, random }),
          loss: (logits, target) => nn.crossEntropy(logits, target, { labelSmoothing: 0.1 }),
        });
        if (history.ending === "diverged") throw new Error(`LeNet: ${history.message}`);
      }),
    );
  accuracy = train.metrics.accuracy(model.forward(images), digits.y);
  if (!(accuracy > 0.9)) throw new Error(`LeNet learned nothing: accuracy ${accuracy}`);
  return durations;
}
console.log(
  `regularized LeNet, epoch of 1797 digits 8×8: ${show(epochs(lenet(2, 4), digits.x, 8), 0)} (target 2000)`,
);
console.log(`the same on 28×28: ${show(epochs(lenet(0, 25), wide, 28), 0)}`);
