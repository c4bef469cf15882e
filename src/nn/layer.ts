// What the built-in layers tell Sequential about themselves.
import type { Activation } from "../engine/engine.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Module } from "./module.js";

/** A layer that can apply an activation in the same operation. */
export interface FusedLayer extends Module {
  /** `activation(forward(input))` as one record. */
  forwardWith(input: Tensor, activation: Activation): Tensor;
}

export const canFuse = (module: Module): module is FusedLayer => "forwardWith" in module;

type Forward = (input: Tensor) => Tensor;
const builtInForwards: Set<Forward> = new Set();

/**
 * Marks the `forward` of a built-in layer: it keeps no reference to its input or result. A layer that overrides `forward`, or has
 * it replaced, is not built-in any more.
 */
export function declareBuiltIn(...layers: readonly { readonly prototype: { forward: Forward } }[]): void {
  for (const layer of layers) builtInForwards.add(layer.prototype.forward);
}

/** Whether nobody but the caller can see what this module reads and returns. */
export function isBuiltIn(module: Module): boolean {
  if (!builtInForwards.has(module.forward)) return false;
  // Sequential is what its layers are.
  const { layers } = module as { readonly layers?: readonly Module[] };
  return layers === undefined || layers.every(isBuiltIn);
}
