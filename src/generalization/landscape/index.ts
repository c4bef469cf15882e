// The loss as a function of the weights: lines and planes through it, its curvature, and why sharpness needs care.
export {
  hessianVectorProduct,
  type TopHessianEigenvalue,
  type TopHessianEigenvalueOptions,
  topHessianEigenvalue,
} from "./hessian.js";
export { type SharpnessOptions, sharpness } from "./sharpness.js";
export {
  type InterpolateOptions,
  interpolate,
  type LineCurves,
  type MeasureOptions,
  type PlaneGrid,
  type Slice1dOptions,
  type Slice2dOptions,
  slice1d,
  slice2d,
} from "./slices.js";
export { filterNormalize, randomDirection, rescale } from "./weights.js";
