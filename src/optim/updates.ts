/**
 * The bare update rules, `(parameter, gradient, state, options) -> {parameter, state}`, without arena, groups or fast
 * arithmetic: what the optimizer classes are tested against, and what a lesson compares a student's rule with.
 */
export { adam } from "./adam.js";
export { sgd } from "./sgd.js";
