/** The data sets of the lessons: made from a seed, or shipped with the package. Nothing is downloaded. */
export { blobs, moons, spirals } from "./datasets/classification.js";
export { digits } from "./datasets/digits.js";
export { shapes } from "./datasets/images.js";
export { polynomial, sineRegression, wigglyRegression } from "./datasets/regression.js";
export { autoregressive, randomWalk } from "./datasets/series.js";
