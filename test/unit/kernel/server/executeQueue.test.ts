import { expect, test } from "vitest";
import { ExecuteQueue } from "../../../../kernel/server/executeQueue.js";
import type { Request } from "../../../../kernel/server/messenger.js";
import { makeRequest } from "../../../support/serverParts.js";

/** A queue whose work ends when the test says. */
function make() {
  const log: string[] = [];
  let finish: () => void = () => {};
  const queue = new ExecuteQueue((request: Request) => {
    log.push(request.header.msg_id);
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  const end = async () => {
    finish();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, log, end };
}

const cell = (id: string) => makeRequest("execute_request", {}, { id });

test("one runs at a time, in the order they came", async () => {
  const { queue, log, end } = make();
  for (const id of ["a", "b", "c"]) queue.push(cell(id));
  expect(log).toEqual(["a"]);
  expect(queue.running?.header.msg_id).toBe("a");
  await end();
  expect(log).toEqual(["a", "b"]);
  await end();
  await end();
  expect(queue.running).toBeNull();
  queue.push(cell("d"));
  expect(log).toEqual(["a", "b", "c", "d"]);
});

test("it knows what comes next", async () => {
  const { queue, end } = make();
  expect(queue.next).toBeNull();
  queue.push(cell("a"));
  expect(queue.next).toBeNull();
  queue.push(cell("b"));
  queue.push(cell("c"));
  expect(queue.next?.header.msg_id).toBe("b");
  await end();
  expect(queue.next?.header.msg_id).toBe("c");
});

test("takeCells leaves comm messages in their place", async () => {
  const { queue, log, end } = make();
  queue.push(cell("a"));
  queue.push(cell("b"));
  queue.push(makeRequest("comm_msg", {}, { id: "slider" }));
  queue.push(cell("c"));
  expect(queue.takeCells().map(({ header }) => header.msg_id)).toEqual(["b", "c"]);
  await end();
  expect(log).toEqual(["a", "slider"]);
});
