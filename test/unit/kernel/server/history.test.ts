import { describe, expect, test } from "vitest";
import { History, type HistoryStore, type StoredCell } from "../../../../kernel/server/history.js";
import { readHistoryRequest } from "../../../../kernel/wire/requests.js";

const query = (history: History, fields: Record<string, unknown>) =>
  history.query(readHistoryRequest(fields));

/** A store with two earlier sessions, 1 and 2. */
function makeStore(): HistoryStore & { appended: StoredCell[] } {
  const earlier = [
    [1, 1, "one()"],
    [1, 2, "two()"],
    [2, 1, "one()"],
  ] as const;
  const appended: StoredCell[] = [];
  return {
    appended,
    begin: () => 3,
    append: (cell) => appended.push({ ...cell }),
    read: () => earlier.map(([session, line, input]) => ({ session, line, input, output: null })),
  };
}

function make() {
  const store = makeStore();
  const history = new History(store);
  history.add(1, "three()");
  history.setOutput(history.add(2, "4 * 1"), "4");
  return { history, store };
}

test("tail is the end of all sessions", () => {
  const { history } = make();
  expect(query(history, { hist_access_type: "tail", n: 3 })).toEqual([
    [2, 1, "one()"],
    [3, 1, "three()"],
    [3, 2, "4 * 1"],
  ]);
  expect(query(history, { hist_access_type: "tail", n: 0 })).toEqual([]);
});

describe("range", () => {
  test.each([
    ["this session", { session: 0 }, ["three()", "4 * 1"]],
    ["the one before", { session: -1 }, ["one()"]],
    ["two before", { session: -2 }, ["one()", "two()"]],
    ["by number", { session: 1 }, ["one()", "two()"]],
    ["from a line", { session: 1, start: 2 }, ["two()"]],
    ["up to a line, which is not in it", { session: 1, start: 1, stop: 2 }, ["one()"]],
    ["a session that never was", { session: -9 }, []],
  ])("%s", (_, fields, inputs) => {
    const found = query(make().history, { hist_access_type: "range", ...fields });
    expect(found.map(([, , input]) => input)).toEqual(inputs);
  });

  test("counts back from the session to come when nothing ran yet", () => {
    const history = new History(makeStore());
    expect(query(history, { hist_access_type: "range", session: -1 })).toEqual([[2, 1, "one()"]]);
  });
});

describe("search", () => {
  test.each([
    ["*()", ["one()", "two()", "one()", "three()"]],
    ["t*", ["two()", "three()"]],
    ["???()", ["one()", "two()", "one()"]],
    // no character but * and ? has a meaning
    ["4 * 1", ["4 * 1"]],
    ["one", []],
    ["[a-z]*", []],
  ])("%s", (pattern, inputs) => {
    const found = query(make().history, { hist_access_type: "search", pattern });
    expect(found.map(([, , input]) => input)).toEqual(inputs);
  });

  test("unique keeps the latest of each, n counts after that", () => {
    const { history } = make();
    const fields = { hist_access_type: "search", pattern: "*()", unique: true };
    expect(query(history, fields)).toEqual([
      [1, 2, "two()"],
      [2, 1, "one()"],
      [3, 1, "three()"],
    ]);
    expect(query(history, { ...fields, n: 1 })).toEqual([[3, 1, "three()"]]);
  });

  test("a pattern covers several lines", () => {
    const history = new History();
    history.add(1, "first\nsecond");
    expect(query(history, { hist_access_type: "search", pattern: "f*d" })).toHaveLength(1);
  });
});

test("output comes beside the input when it is asked for", () => {
  const { history } = make();
  expect(query(history, { hist_access_type: "range", session: 0, output: true })).toEqual([
    [3, 1, ["three()", null]],
    [3, 2, ["4 * 1", "4"]],
  ]);
});

test("the store gets a cell when it runs, and again when its output is known", () => {
  expect(make().store.appended).toEqual([
    { session: 3, line: 1, input: "three()", output: null },
    { session: 3, line: 2, input: "4 * 1", output: null },
    { session: 3, line: 2, input: "4 * 1", output: "4" },
  ]);
});
