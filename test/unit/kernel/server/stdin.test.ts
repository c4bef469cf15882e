import { describe, expect, test } from "vitest";
import type { InputAnswer } from "../../../../kernel/run/messages.js";
import { Cells } from "../../../../kernel/server/cells.js";
import { Stdin } from "../../../../kernel/server/stdin.js";
import { makeMessenger, makeRequest } from "../../../support/serverParts.js";

function make(allowStdin = true) {
  const { messenger, sent } = makeMessenger();
  const answers: InputAnswer[] = [];
  const stdin = new Stdin({ messenger, answer: (answer) => answers.push(answer) });
  const cell = new Cells().add(makeRequest("execute_request", {}), { silent: false, allowStdin });
  const reply = (value: unknown, parent = {}) =>
    stdin.receive({ ...makeRequest("input_reply", { value }), parentHeader: parent });
  return { stdin, sent, answers, cell, reply };
}

test("the answer to a question reaches the cell", () => {
  const { stdin, answers, cell, reply } = make();
  stdin.ask(cell, "name?", false);
  reply("Ada");
  expect(answers).toEqual([{ value: "Ada" }]);
});

test("a front end that allows no question gets none", () => {
  const { stdin, answers, sent, cell } = make(false);
  stdin.ask(cell, "name?", false);
  stdin.ask(null, "name?", false);
  expect(answers[0]).toEqual({ error: "input() is not supported by this front end" });
  expect(answers).toHaveLength(2);
  expect(sent).toEqual([]);
});

describe("an answer is dropped", () => {
  test("when nothing was asked, or it was answered already", () => {
    const { stdin, answers, cell, reply } = make();
    reply("early");
    stdin.ask(cell, "?", false);
    reply("right");
    reply("again");
    expect(answers).toEqual([{ value: "right" }]);
  });

  test("when it is to an interrupted question", () => {
    const { stdin, answers, cell, reply } = make();
    stdin.ask(cell, "first?", false);
    expect(stdin.interrupt()).toBe(true);
    reply("late");
    expect(answers).toEqual([{ interrupt: true }]);
    expect(stdin.interrupt()).toBe(false);
  });

  test("when its parent is another question", () => {
    const { stdin, answers, cell, reply } = make();
    stdin.ask(cell, "?", false);
    reply("wrong", { msg_id: "another" });
    expect(answers).toEqual([]);
  });

  test("when the session that asked is gone", () => {
    const { stdin, answers, cell, reply } = make();
    stdin.ask(cell, "?", false);
    stdin.forget();
    reply("late");
    expect(answers).toEqual([]);
  });
});
