// Plans by geometry: a plan depends only on the numbers of a ConvGeometry except the batch size, so that the last,
// smaller batch of an epoch plans nothing. Comparing numbers one by one is faster than making a text of them to look up.
import type { ConvGeometry } from "../interface.js";

const limit = 64;

function isSame(a: ConvGeometry, b: ConvGeometry): boolean {
  if (a.inChannels !== b.inChannels || a.outChannels !== b.outChannels || a.groups !== b.groups) return false;
  for (let axis = 0; axis < 3; axis++)
    if (
      a.inputSize[axis] !== b.inputSize[axis] ||
      a.kernelSize[axis] !== b.kernelSize[axis] ||
      a.outputSize[axis] !== b.outputSize[axis] ||
      a.stride[axis] !== b.stride[axis] ||
      a.padding[axis] !== b.padding[axis] ||
      a.dilation[axis] !== b.dilation[axis]
    )
      return false;
  return true;
}

export class PlanCache<P> {
  /** Oldest first. */
  private readonly known: { geometry: ConvGeometry; plan: P }[] = [];
  private readonly make: (geometry: ConvGeometry) => P;

  constructor(make: (geometry: ConvGeometry) => P) {
    this.make = make;
  }

  get(geometry: ConvGeometry): P {
    for (let i = this.known.length - 1; i >= 0; i--) {
      const entry = this.known[i] as { geometry: ConvGeometry; plan: P };
      if (isSame(entry.geometry, geometry)) return entry.plan;
    }
    const plan = this.make(geometry);
    if (this.known.length >= limit) this.known.shift();
    this.known.push({ geometry, plan });
    return plan;
  }
}
