// Learning-rate schedules: functions of the step, put to work on an optimizer by a Schedule.
export { type Chain, type ChainOptions, chain } from "./chain.js";
export { type CosineOptions, type CosineWarmRestartsOptions, cosine, cosineWarmRestarts } from "./cosine.js";
export {
  type CyclicOptions,
  cyclic,
  type MomentumCycleOptions,
  type OneCycleOptions,
  oneCycle,
} from "./cyclic.js";
export {
  type ConstantOptions,
  constant,
  type ExponentialOptions,
  exponential,
  type LinearWarmupOptions,
  linearWarmup,
  type MultiStepOptions,
  multiStep,
  type PolynomialOptions,
  polynomial,
  type StepOptions,
  step,
} from "./decay.js";
export { fromFunction, type ScheduleFactory } from "./factory.js";
export {
  type PlateauSchedule,
  type PlateauState,
  type ReduceOnPlateauOptions,
  reduceOnPlateau,
} from "./reduceOnPlateau.js";
export {
  type Curve,
  type Interval,
  type Schedule,
  type ScheduleCurves,
  type ScheduleOptions,
  type ScheduleState,
  scheduleOf,
} from "./schedule.js";
