import { expect, test } from "vitest";
import { Cells } from "../../../../kernel/server/cells.js";
import { makeRequest } from "../../../support/serverParts.js";

const options = { silent: false, allowStdin: false };

test("a cell is found by its id long after it ran; an unknown one is taken for the last", () => {
  const cells = new Cells();
  expect(cells.last).toBeNull();
  expect(cells.of(1)).toBeNull();
  const first = cells.add(makeRequest("execute_request", {}, { id: "1" }), options);
  const second = cells.add(makeRequest("execute_request", {}, { id: "2" }), options);
  expect(cells.of(first.id)).toBe(first);
  expect(cells.of(99)).toBe(second);
  expect(cells.last).toBe(second);
});

test("only the newest thousand are remembered", () => {
  const cells = new Cells();
  const request = makeRequest("execute_request", {});
  const first = cells.add(request, options);
  const second = cells.add(request, options);
  for (let i = 0; i < 999; i++) cells.add(request, options);
  expect(cells.of(first.id)).toBe(cells.last);
  expect(cells.of(second.id)).toBe(second);
});
