// The public names of this folder.
export { type ColorJitterOptions, colorJitter } from "./color.js";
export { compose } from "./compose.js";
export { type ElasticOptions, elastic } from "./elastic.js";
export { type AffineOptions, type Amount, affine, type GeometryOptions } from "./geometry.js";
export type { Interpolation } from "./interpolate.js";
export { type AugmentationName, type AugmentationTask, labelPreserving } from "./labelPreserving.js";
export {
  type CropOptions,
  crop,
  type FlipOptions,
  flipHorizontal,
  flipVertical,
  rotate,
  scale,
  shear,
  translate,
} from "./simple.js";
