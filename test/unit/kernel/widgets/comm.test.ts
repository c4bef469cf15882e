import { describe, expect, test } from "vitest";
import type { FromSession } from "../../../../kernel/run/messages.js";
import { makeComms } from "../../../../kernel/widgets/comm.js";

function setUp() {
  const frames: Extract<FromSession, { t: "comm" }>[] = [];
  const comms = makeComms(
    (frame) => void (frame.t === "comm" && frames.push(frame)),
    () => 4,
  );
  return { frames, comms };
}

describe("a comm opened by a cell", () => {
  test("says what it opens, sends and closes", () => {
    const { frames, comms } = setUp();
    const comm = comms.open(
      "target",
      { a: 1 },
      { metadata: { version: "2" }, buffers: [new Uint8Array([1, 2])] },
    );
    comm.send({ b: 2 });
    comm.close({ c: 3 });
    const base = { t: "comm", metadata: {}, buffers: [], cell: 4 };
    expect(frames).toEqual([
      {
        ...base,
        kind: "comm_open",
        content: { comm_id: comm.id, target_name: "target", data: { a: 1 } },
        metadata: { version: "2" },
        buffers: ["AQI="],
      },
      { ...base, kind: "comm_msg", content: { comm_id: comm.id, data: { b: 2 } } },
      { ...base, kind: "comm_close", content: { comm_id: comm.id, data: { c: 3 } } },
    ]);
    expect(() => comm.send({})).toThrowErrorMatchingInlineSnapshot(
      `[Error: comm.send: the comm must be open, got a closed one (target target)]`,
    );
    comm.close();
    expect(frames).toHaveLength(3);
  });
  test("receives messages with their buffers, until the page closes it", () => {
    const { comms } = setUp();
    const comm = comms.open("target");
    const seen: unknown[] = [];
    comm.onMessage = (data, buffers) => seen.push(data, ...buffers);
    comm.onClose = (data) => seen.push("closed", data);
    comms.receive("comm_msg", { comm_id: comm.id, data: { x: 1 } }, ["/w=="]);
    comms.receive("comm_close", { comm_id: comm.id, data: { y: 2 } }, []);
    comms.receive("comm_msg", { comm_id: comm.id, data: { x: 3 } }, []);
    expect(seen).toEqual([{ x: 1 }, new Uint8Array([255]), "closed", { y: 2 }]);
  });
});

describe("a comm opened by the page", () => {
  test("goes to the handler of its target", () => {
    const { frames, comms } = setUp();
    comms.onOpen("mine", (comm, data) => comm.send({ got: data }));
    comms.receive("comm_open", { comm_id: "p1", target_name: "mine", data: { q: 1 } }, []);
    expect(frames).toMatchObject([{ kind: "comm_msg", content: { comm_id: "p1", data: { got: { q: 1 } } } }]);
  });
  test("is closed again when nobody handles its target", () => {
    const { frames, comms } = setUp();
    comms.receive("comm_open", { comm_id: "p1", target_name: "other" }, []);
    expect(frames).toMatchObject([{ kind: "comm_close", content: { comm_id: "p1" } }]);
  });
});
