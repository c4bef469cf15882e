/** The losses: what a model is trained to make small. All take `(prediction, target, options)`. */
export { type BinaryCrossEntropyOptions, binaryCrossEntropyWithLogits, hingeLoss } from "./binaryLoss.js";
export type { ClassTarget } from "./classTarget.js";
export { type CrossEntropyOptions, crossEntropy, type NllOptions, nllLoss } from "./crossEntropy.js";
export type { LossOptions, Reduction } from "./elementLoss.js";
export { type HuberOptions, huberLoss, l1Loss, mseLoss } from "./regressionLoss.js";
