/** A gradient holds NaN: training cannot go on. Its own class, so that a training loop can end the run instead. */
export class NaNGradientError extends RangeError {
  override readonly name: string = "NaNGradientError";
}
