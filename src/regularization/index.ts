// The public names of this folder.
export * as augment from "./augment/index.js";
export type { Box } from "./box.js";
export { type CutMixed, type CutmixOptions, cutmix } from "./cutmix.js";
export { type CutoutOptions, cutout, type RandomErasingOptions, randomErasing } from "./cutout.js";
export {
  EarlyStopping,
  type EarlyStoppingOptions,
  type Restorable,
  type StoppingDecision,
} from "./earlyStopping.js";
export { type Mixed, type MixupOptions, mixup } from "./mixup.js";
export { gaussianNoise, type HasParameters, type NoiseOptions, WeightNoise } from "./noise.js";
export { l1Penalty, l2Penalty, maxNorm } from "./penalty.js";
export { smoothLabels } from "./smoothLabels.js";
