// Pictures of everything in the course: plain arrays or tensors in, a Figure out.

// any data
export { type BarData, type BarsOptions, bars } from "./basic/bars.js";
export { type ConfusionMatrixOptions, confusionMatrix } from "./basic/confusionMatrix.js";
export { type HeatmapOptions, heatmap } from "./basic/heatmap.js";
export { type HistogramData, type HistogramOptions, histogram } from "./basic/histogram.js";
export { type ImageGridOptions, type ImageInput, imageGrid } from "./basic/imageGrid.js";
export { type LineData, type LineInput, type LineOptions, line } from "./basic/line.js";
export { type ScatterData, type ScatterOptions, scatter } from "./basic/scatter.js";
// convolution
export { type ChannelsData, type ChannelsOptions, channels } from "./convolution/channels.js";
export { type ConnectivityData, connectivity } from "./convolution/connectivity.js";
export { type ConvBackwardData, convBackward } from "./convolution/convBackward.js";
export { type ConvPathsData, convBackprop1d, convPaths } from "./convolution/convPaths.js";
export { type ConvWindowData, type ConvWindowOptions, convWindow } from "./convolution/convWindow.js";
export { type FeatureMapsOptions, type FiltersOptions, featureMaps, filters } from "./convolution/filters.js";
export {
  type GradientCheckData,
  type GradientCheckOptions,
  gradientCheck,
} from "./convolution/gradientCheck.js";
export { type FieldLayer, type ReceptiveFieldOptions, receptiveField } from "./convolution/receptiveField.js";
export {
  type SlidingKernelData,
  type SlidingKernelOptions,
  slidingKernel,
} from "./convolution/slidingKernel.js";
export { Figure, type MimeBundle } from "./figure.js";
export type { FigureOptions, NumberArray, NumberList } from "./input.js";
// optimization
export { type ContourOptions, contour } from "./optimization/contour.js";
export {
  type EffectiveStepData,
  type EffectiveStepOptions,
  effectiveStep,
} from "./optimization/effectiveStep.js";
export {
  type Landscape1dData,
  type Landscape1dOptions,
  type Landscape2dData,
  type Landscape2dOptions,
  landscape1d,
  landscape2d,
} from "./optimization/landscape.js";
export {
  type LearningRateRangeData,
  type LearningRateRangeOptions,
  learningRateRange,
} from "./optimization/learningRateRange.js";
export { type PhaseDiagramOptions, type PhasePoint, phaseDiagram } from "./optimization/phaseDiagram.js";
export {
  type ScheduleCurveOptions,
  type ScheduleCurves,
  type ScheduleData,
  scheduleCurve,
} from "./optimization/scheduleCurve.js";
export type { SurfaceFunction, SurfaceGrid, SurfaceInput } from "./optimization/surface.js";
export { type TrajectoriesOptions, type TrajectoryData, trajectories } from "./optimization/trajectories.js";
// regularization
export { type ActivationsData, type ActivationsOptions, activations } from "./regularization/activations.js";
export {
  type ClusteredPoints,
  type ClustersData,
  type ClustersOptions,
  clusters,
} from "./regularization/clusters.js";
export { type MasksData, type MasksOptions, masks } from "./regularization/masks.js";
export { type MixGridData, type MixGridOptions, mixGrid } from "./regularization/mixGrid.js";
export {
  type NormalizationAxesOptions,
  type NormalizationShape,
  normalizationAxes,
} from "./regularization/normalizationAxes.js";
export {
  type Predictions,
  type ReliabilityData,
  type ReliabilityOptions,
  reliability,
} from "./regularization/reliability.js";
export { type SoftLabelsData, type SoftLabelsOptions, softLabels } from "./regularization/softLabels.js";
// training
export type { CurveInput, FitBase } from "./training/fitPanel.js";
export { type FitsData, type FitsOptions, fits } from "./training/fits.js";
export { type LossCurveOptions, lossCurve } from "./training/lossCurve.js";
export type { LossData, LossHistory, LossRun } from "./training/lossData.js";
export { type RaceData, type RaceFrame, type RaceOptions, race } from "./training/race.js";
// validation
export {
  type BiasVarianceColumns,
  type BiasVarianceOptions,
  type BiasVarianceRow,
  biasVariance,
} from "./validation/biasVariance.js";
export { type BoostingRound, type BoostingRoundsData, boostingRounds } from "./validation/boostingRounds.js";
export { type BootstrapStripsData, bootstrapStrips } from "./validation/bootstrapStrips.js";
export type { Classifier, LabeledPoints } from "./validation/boundaryPanel.js";
export { type DartboardData, dartboard } from "./validation/dartboard.js";
export {
  type DecisionBoundaryData,
  type DecisionBoundaryOptions,
  decisionBoundary,
} from "./validation/decisionBoundary.js";
export { type ScoreBarsData, type ScoreBarsOptions, scoreBars } from "./validation/scoreBars.js";
export {
  type LearningCurveData,
  learningCurve,
  type ScoreCurveOptions,
  type ScoreCurveResult,
  type ValidationCurveData,
  validationCurve,
} from "./validation/scoreCurve.js";
export {
  type SearchScatterData,
  type SearchScatterOptions,
  searchScatter,
} from "./validation/searchScatter.js";
export { type SplitIndices, type SplitsData, type SplitsOptions, splits } from "./validation/splits.js";
