export { Figure, type MimeBundle } from "./figure.js";
export { type FitsData, type FitsOptions, fits } from "./training/fits.js";
export { type LossCurveOptions, lossCurve } from "./training/lossCurve.js";
export type { LossData, LossHistory, LossRun } from "./training/lossData.js";
export { type RaceData, type RaceFrame, type RaceOptions, race } from "./training/race.js";
