// Samples: where they come from, and how they are cut into batches.
export { type Batch, DataLoader, type DataLoaderOptions, LoaderExplanation } from "./dataLoader.js";
export type { Dataset, Samples } from "./dataset.js";
export * as datasets from "./datasets.js";
export { type FromCsvOptions, fromCsv, type Table } from "./fromCsv.js";
export { oneHot } from "./oneHot.js";
export { type ReadIdxOptions, readIdx } from "./readIdx.js";
export { Standardizer } from "./standardizer.js";
