import { noGrad } from "../../autograd/gradMode.js";
import { checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import type { Module } from "../../nn/module.js";
import { tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { argMax, checkQuery, checkSamples, codeClasses, type Model } from "../model/samples.js";

export interface NetworkModelOptions {
  /** A fresh network; called for every fit, so that nothing is carried from fold to fold. */
  readonly build: (features: number, outputs: number) => Module;
  /** Trains it: x has shape [n, features]; y [n, 1] for regression, [n] class indices for classification. */
  readonly train: (network: Module, x: Tensor, y: Tensor) => unknown;
  /** One output for regression; one output a class for classification, the largest wins. Default "regression". */
  readonly task?: "regression" | "classification";
}

/**
 * A network as a model with fit and predict, so that splits, searches and bias–variance experiments work with networks
 * and classical models alike.
 *
 * @param options.build makes a fresh network for the number of features and outputs
 * @param options.train trains it, for example with `train.fit`
 * @param options.task default "regression"
 * @throws {TypeError} when build or train is not a function
 * @example
 * const model = generalization.networkModel({
 *   build: (features, outputs) => new nn.Linear(features, outputs, { random: createRandom(1) }),
 *   train: (network, x, y) => {
 *     const optimizer = new optim.SGD(network.parameters(), { learningRate: 0.1 });
 *     for (let step = 0; step < 500; step++) {
 *       optimizer.zeroGrad();
 *       nn.mseLoss(network.forward(x), y).backward();
 *       optimizer.step();
 *     }
 *   },
 * });
 * model.fit([[0], [1], [2]], [1, 3, 5]).predict([[3]])[0].toFixed(2) // 7.00
 */
export function networkModel(options: NetworkModelOptions): Model {
  checkOptions("networkModel", options);
  const { build, train, task = "regression", ...rest } = options;
  rejectUnknownOptions("networkModel", rest, ["build", "train", "task"]);
  for (const [name, value] of Object.entries({ build, train })) {
    if (typeof value === "function") continue;
    throw new TypeError(errorText("networkModel", `${name} must be a function, got ${showValue(value)}`));
  }
  return new NetworkModel(build, train, task === "classification");
}

class NetworkModel implements Model {
  readonly isClassifier: boolean;
  private readonly build: NetworkModelOptions["build"];
  private readonly train: NetworkModelOptions["train"];
  private network: Module | null = null;
  private labels: number[] = [];
  private features = 0;

  constructor(
    build: NetworkModelOptions["build"],
    train: NetworkModelOptions["train"],
    isClassifier: boolean,
  ) {
    this.build = build;
    this.train = train;
    this.isClassifier = isClassifier;
  }

  fit(x: number[][], y: number[]): this {
    this.features = checkSamples("networkModel.fit", x, y);
    const { labels, classOf } = codeClasses(y);
    this.labels = labels;
    const network = this.build(this.features, this.isClassifier ? labels.length : 1);
    network.train();
    const targets = this.isClassifier ? tensor(Array.from(classOf)) : tensor(y.map((value) => [value]));
    this.train(network, tensor(x), targets);
    this.network = network;
    return this;
  }

  predict(x: number[][]): number[] {
    checkQuery("networkModel.predict", x, this.features);
    if (x.length === 0) return [];
    const network = this.network!;
    network.eval();
    const rows = noGrad(() => network.forward(tensor(x))).toArray() as number[][];
    return rows.map((row) => (this.isClassifier ? this.labels[argMax(row)]! : row[0]!));
  }
}
