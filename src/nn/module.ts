import { noGrad } from "../autograd/gradMode.js";
import { arraySpan, numbers } from "../engine/engine.js";
import { errorText, ShapeError, showShape, showValue } from "../errors.js";
import { zeros } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { assign } from "./assign.js";
import { ModuleSummary, type SummaryRow } from "./summary.js";

/** Values of a module by name, as `stateDict` gives them. */
export type StateDict = Record<string, Tensor>;

/**
 * A function with parameters: a layer, or a model made of layers.
 *
 * Write one by extending Module, storing tensors and other modules as properties (or arrays of modules), and giving `forward`. Tensors
 * that require gradients are parameters; other tensors (running statistics) are state that is saved but not trained.
 * Names are the paths of properties: `layers.0.weight`.
 *
 * @example
 * class Scale extends nn.Module {
 *   factor = tensor([2], { requiresGrad: true });
 *   forward(x) {
 *     return x.mul(this.factor);
 *   }
 * }
 * const model = new Scale();
 * model.forward(tensor([3, 4])).toArray() // [6, 8]
 * model.namedParameters().map(([name]) => name) // ["factor"]
 */
export abstract class Module {
  /** Whether layers that differ in training and use (dropout, batch norm) are in training; see `train` and `eval`. */
  training: boolean = true;

  /** The function itself. Records for gradients unless inside `noGrad`. */
  abstract forward(input: Tensor): Tensor;

  /** Modules directly inside this one, by property name; elements of arrays as `name.0`, `name.1`, …. */
  children(): [string, Module][] {
    const found: [string, Module][] = [];
    for (const [name, value] of Object.entries(this)) {
      if (value instanceof Module) found.push([name, value]);
      else if (Array.isArray(value))
        for (const [i, item] of value.entries())
          if (item instanceof Module) found.push([`${name}.${i}`, item]);
    }
    return found;
  }

  /** This module and all inside it, with their paths; this one's is "". */
  namedModules(): [string, Module][] {
    const all: [string, Module][] = [["", this]];
    for (const [name, child] of this.children())
      for (const [path, module] of child.namedModules())
        all.push([path === "" ? name : `${name}.${path}`, module]);
    return all;
  }

  /** All tensors in this module and inside, with their paths: parameters and saved state. A shared tensor comes once. */
  namedTensors(): [string, Tensor][] {
    const seen = new Set<Tensor>();
    return this.namedModules().flatMap(([path, module]) =>
      Object.entries(module).flatMap(([name, value]): [string, Tensor][] => {
        if (!(value instanceof Tensor) || seen.has(value)) return [];
        seen.add(value);
        return [[path === "" ? name : `${path}.${name}`, value]];
      }),
    );
  }

  /** The tensors that require gradients, with their paths. */
  namedParameters(): [string, Tensor][] {
    return this.namedTensors().filter(([, value]) => value.requiresGrad);
  }

  /** The tensors that require gradients: what an optimizer takes. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, value]) => value);
  }

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }

  /** Puts this module and all inside it into training mode. */
  train(): this {
    for (const [, module] of this.namedModules()) module.training = true;
    return this;
  }

  /** Puts this module and all inside it into evaluation mode: dropout passes everything, batch norm uses its running statistics. */
  eval(): this {
    for (const [, module] of this.namedModules()) module.training = false;
    return this;
  }

  /** Copies of all tensors by path, for saving or restoring later. PyTorch's shares memory with the model instead. */
  stateDict(): StateDict {
    return Object.fromEntries(this.namedTensors().map(([name, value]) => [name, copyOf(value)]));
  }

  /**
   * Copies values into this module's tensors, in place: optimizers keep working on them.
   *
   * @throws {RangeError} when a name is missing or unknown; {ShapeError} when a shape differs. Nothing is changed then
   */
  loadStateDict(state: StateDict): void {
    const where = "loadStateDict";
    const own = new Map(this.namedTensors());
    const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
    const missing = [...own.keys()].filter((name) => !Object.hasOwn(state, name));
    if (missing.length > 0)
      throw new RangeError(
        errorText(where, `state must have ${list(missing)}, got ${list(Object.keys(state)) || "nothing"}`),
      );
    const unknown = Object.keys(state).filter((name) => !own.has(name));
    if (unknown.length > 0)
      throw new RangeError(
        errorText(where, `state must have only ${list([...own.keys()])}, got also ${list(unknown)}`),
      );
    for (const [name, target] of own) {
      const source = state[name];
      if (!(source instanceof Tensor))
        throw new TypeError(errorText(where, `"${name}" must be a tensor, got ${showValue(source)}`));
      if (source.shape.join() !== target.shape.join())
        throw new ShapeError(
          errorText(
            where,
            `"${name}" must have shape ${showShape(target.shape)}, got ${showShape(source.shape)}`,
          ),
        );
    }
    for (const [name, target] of own) assign(target, numbers(state[name]!.span));
  }

  /**
   * The layers with their output shapes and parameter counts for an input of this shape. Runs the model once on zeros, in
   * evaluation mode and without recording.
   *
   * @param inputShape with the batch axis: `[1, 3, 32, 32]`
   */
  summary(inputShape: readonly number[]): ModuleSummary {
    const rows: SummaryRow[] = [];
    const restore: (() => void)[] = [];
    const modes = this.namedModules().map(([, module]) => [module, module.training] as const);
    for (const [path, module] of this.namedModules()) {
      if (module.children().length > 0) continue;
      const own = Object.getOwnPropertyDescriptor(module, "forward");
      const forward = module.forward;
      module.forward = (input: Tensor): Tensor => {
        const output = forward.call(module, input);
        const parameters = countParameters(module);
        rows.push({ path, layer: module.toString(), outputShape: output.shape, parameters });
        return output;
      };
      restore.push(() => {
        if (own === undefined) Reflect.deleteProperty(module, "forward");
        else Object.defineProperty(module, "forward", own);
      });
    }
    try {
      this.eval();
      const dtype = this.parameters()[0]?.dtype ?? "float32";
      const output = noGrad(() => this.forward(zeros(inputShape, { dtype })));
      return new ModuleSummary(this.constructor.name, inputShape, output.shape, rows, countParameters(this));
    } finally {
      for (const undo of restore) undo();
      for (const [module, training] of modes) module.training = training;
    }
  }

  /** Name and settings, as in `Linear(2, 3)`; layers override it. */
  toString(): string {
    const inner = this.children().map(
      ([name, child]) => `  ${name}: ${child.toString().replaceAll("\n", "\n  ")}`,
    );
    return inner.length === 0
      ? `${this.constructor.name}()`
      : `${this.constructor.name}(\n${inner.join("\n")}\n)`;
  }

  [Symbol.for("Jupyter.display")](): { "text/plain": string } {
    return { "text/plain": this.toString() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** The same numbers in memory of their own. */
function copyOf(value: Tensor): Tensor {
  return new Tensor(arraySpan(numbers(value.span).slice()), value.shape);
}

/**
 * How many numbers a module trains: the sizes of its parameters added up.
 *
 * @example
 * nn.countParameters(new nn.MLP({ sizes: [1, 64, 64, 1] })) // 4353
 */
export function countParameters(module: Module): number {
  return module.parameters().reduce((sum, parameter) => sum + parameter.size, 0);
}
