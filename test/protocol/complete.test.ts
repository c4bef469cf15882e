// Completion, inspection and completeness, from outside.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startKernel, type TestKernel } from "../support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

const complete = async (code: string, cursor_pos: number = [...code].length) =>
  (await kernel.client.request("shell", "complete_request", { code, cursor_pos })).content;
const inspect = async (code: string, cursor_pos: number, detail_level = 0) =>
  (await kernel.client.request("shell", "inspect_request", { code, cursor_pos, detail_level })).content;

describe("completion", () => {
  test("answers the first keystroke, though the compile process has just started", async () => {
    const reply = await complete("consol");
    expect(reply).toMatchObject({ status: "ok", cursor_start: 0, cursor_end: 6 });
    expect(reply.matches).toContain("console");
  });

  test("knows the names and members of earlier cells, with their kinds", async () => {
    await kernel.client.execute("const learner = { learningRate: 0.1, fit(n: number) { return n } }");
    expect((await complete("learn")).matches).toContain("learner");
    const members = await complete("learner.");
    expect(members.matches).toEqual(expect.arrayContaining(["learningRate", "fit"]));
    expect(members.metadata._jupyter_types_experimental).toEqual(
      expect.arrayContaining([{ text: "learningRate", type: expect.any(String), start: 8, end: 8 }]),
    );
  });

  test("counts code points before the cursor", async () => {
    // taken for UTF-16 units, the position would be inside the string
    const text = "𝐚".repeat(20);
    const reply = await complete(`const 𝐚 = "${text}"; consol`);
    expect(reply.matches).toContain("console");
    expect([reply.cursor_start, reply.cursor_end]).toEqual([34, 40]);
  });

  test("of nonsense is empty, not an error", async () => {
    const reply = await complete("nothingIsCalledLikeThis");
    expect(reply.status).toBe("ok");
  });
});

describe("inspection", () => {
  test("shows signature and documentation at and after a name", async () => {
    await kernel.client.execute("/** Halves a number. */\nfunction half(x: number): number { return x / 2 }");
    for (const cursor of [0, 2, 4]) {
      const reply = await inspect("half(4)", cursor);
      expect(reply).toMatchObject({ status: "ok", found: true });
      expect(reply.data["text/plain"]).toContain("half(x: number): number");
      expect(reply.data["text/plain"]).toContain("Halves a number.");
      expect(reply.data["text/markdown"]).toContain("Halves a number.");
    }
  });

  test("finds nothing where nothing is", async () => {
    expect(await inspect("  ", 1)).toEqual({ status: "ok", found: false, data: {}, metadata: {} });
  });
});

describe("is_complete", () => {
  test.each([
    ["1 + 1", "complete"],
    ["if (true) {", "incomplete"],
    ["const = 3;", "invalid"],
  ])("%s is %s", async (code, status) => {
    const reply = await kernel.client.request("shell", "is_complete_request", { code });
    expect(reply.content.status).toBe(status);
  });
});
