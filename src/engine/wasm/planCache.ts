// Plans by geometry: a plan depends only on the numbers of a ConvGeometry except the batch size, so that the last,
// smaller batch of an epoch plans nothing. First by object (a layer passes the same one), then by its numbers.
import type { ConvGeometry } from "../interface.js";

const limit = 64;

export class PlanCache<P> {
  private readonly byObject: WeakMap<ConvGeometry, P> = new WeakMap();
  private readonly byNumbers: Map<string, P> = new Map();
  private readonly make: (geometry: ConvGeometry) => P;

  constructor(make: (geometry: ConvGeometry) => P) {
    this.make = make;
  }

  get(geometry: ConvGeometry): P {
    const known = this.byObject.get(geometry);
    if (known !== undefined) return known;
    const { inChannels, outChannels, groups, inputSize, kernelSize, outputSize, stride, padding, dilation } =
      geometry;
    const key = [
      inChannels,
      outChannels,
      groups,
      inputSize,
      kernelSize,
      outputSize,
      stride,
      padding,
      dilation,
    ].join();
    let plan = this.byNumbers.get(key);
    if (plan === undefined) {
      plan = this.make(geometry);
      if (this.byNumbers.size >= limit) this.byNumbers.delete(this.byNumbers.keys().next().value as string);
      this.byNumbers.set(key, plan);
    }
    this.byObject.set(geometry, plan);
    return plan;
  }
}
