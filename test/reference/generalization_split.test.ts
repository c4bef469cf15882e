// Index sets equal scikit-learn's. Made by scripts/references/generalization_split.py.
import { expect, test } from "vitest";
import { groupKFold } from "../../src/generalization/split/groupKFold.js";
import { kFold } from "../../src/generalization/split/kFold.js";
import { leaveOneOut } from "../../src/generalization/split/leaveOneOut.js";
import type { Split } from "../../src/generalization/split/split.js";
import { stratifiedKFold } from "../../src/generalization/split/stratifiedKFold.js";
import { timeSeriesSplit } from "../../src/generalization/split/timeSeriesSplit.js";
import reference from "./generalization_split/splits.json" with { type: "json" };

const splitters = { kFold, leaveOneOut, stratifiedKFold, groupKFold, timeSeriesSplit } as unknown as Record<
  string,
  (data: unknown, options: object) => Split[]
>;

test.each(reference.cases.map((item, index) => ({ ...item, index })))(
  "$splitter, case $index: $options",
  ({ splitter, data, options, splits }) => {
    expect(splitters[splitter]!(data, options)).toEqual(splits);
  },
);
