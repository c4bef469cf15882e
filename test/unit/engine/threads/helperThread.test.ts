import { afterEach, expect, test } from "vitest";
import { chooseTiles } from "../../../../src/engine/emit/tiles.js";
import { HelperThread } from "../../../../src/engine/threads/helperThread.js";
import { convJob, updateJob } from "../../../../src/engine/threads/job.js";

const built = new URL("../../../../dist/src/engine/threads/helperMain.js", import.meta.url);
const megabyte = 2 ** 20;

/** A helper on a memory of its own: its region begins at 1 MiB. */
function startHelper(regionBytes: number, program = built, limits = {}) {
  const memory = new WebAssembly.Memory({ initial: 256, maximum: 256, shared: true });
  const start = {
    lock: new Int32Array(new SharedArrayBuffer(4)),
    memory,
    path: "simd" as const,
    tiles: chooseTiles("simd", 20, "x64"),
    firstByte: megabyte,
    lastByte: megabyte + regionBytes,
  };
  helper = new HelperThread(start, program, limits);
  return { helper, floats: new Float32Array(memory.buffer) };
}
let helper: HelperThread | null = null;
afterEach(() => helper?.close());

test("computes jobs one after the other in the common memory", () => {
  const { helper, floats } = startHelper(8 * megabyte);
  helper.started();
  floats.set([1, 2, 3, 4], 64); // parameters at byte 256
  floats.set([1, 1, 1, 1], 128); // gradients at byte 512
  for (let i = 0; i < 3; i++) {
    helper.post(updateJob("sgd", [256, 512], 4, [0.25, 0, 0, 1, 0, 1]));
    expect(helper.finish()).toBe(true);
  }
  expect([...floats.subarray(64, 68)]).toEqual([0.25, 1.25, 2.25, 3.25]);
});

test("refuses a job that its scratch has no room for, and goes on", () => {
  const { helper, floats } = startHelper(3 * megabyte);
  helper.started();
  const axes = [1, 1, 1] as const;
  const large = {
    batch: 1,
    inChannels: 1,
    outChannels: 1,
    groups: 1,
    inputSize: [1, 1000, 1000],
    kernelSize: [1, 3, 3],
    outputSize: [1, 1000, 1000],
    stride: axes,
    padding: [0, 1, 1],
    dilation: axes,
  } as const;
  helper.post(convJob(5 * megabyte, 10 * megabyte, 0, -1, "none", large));
  expect(helper.finish()).toBe(false);
  floats[64] = 3;
  helper.post(updateJob("sgd", [256, 512], 1, [1, 1, 0, 1, 0, 1]));
  expect([helper.finish(), floats[64]]).toEqual([true, 0]);
});

test("a program that never starts, or never answers, is an error with a way out", () => {
  const silent = new URL("data:text/javascript,setInterval(() => {}, 1000)");
  const { helper } = startHelper(3 * megabyte, silent, { start: 50, answer: 50 });
  expect(() => helper.started()).toThrowErrorMatchingInlineSnapshot(`
    [Error: engine: a helper thread did not start within 0.05 s
      help: engine.configure({ threads: 1 })]
  `);
  helper.post([0]);
  expect(() => helper.finish()).toThrowErrorMatchingInlineSnapshot(`
    [Error: engine: a helper thread has not answered for 0.05 s
      help: engine.configure({ threads: 1 })]
  `);
});
