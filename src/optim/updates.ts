/**
 * The bare update rules, `(parameter, gradient, state, options) -> {parameter, state}`, without arena, groups or fast
 * arithmetic: what the optimizer classes are tested against, and what a lesson compares a student's rule with.
 */
export { adadelta } from "./adadelta.js";
export { adagrad } from "./adagrad.js";
export { adam } from "./adam.js";
export { adamax } from "./adamax.js";
export { adamp } from "./adamp.js";
export { adamw } from "./adamw.js";
export { nadam } from "./nadam.js";
export { nagLookahead } from "./nagLookahead.js";
export { radam } from "./radam.js";
export { rmsprop } from "./rmsprop.js";
export { sgd } from "./sgd.js";
export { sgdp } from "./sgdp.js";
