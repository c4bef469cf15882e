import { expect, test } from "vitest";
import { Comms } from "../../../../kernel/server/comms.js";
import { makeMessenger } from "../../../support/serverParts.js";

const frame = (kind: "comm_open" | "comm_close", id: string, target = "t") => ({
  t: "comm" as const,
  kind,
  content: { comm_id: id, data: {}, ...(kind === "comm_open" && { target_name: target }) },
  metadata: {},
  buffers: [],
  cell: 1,
});

test("info lists what is open, whoever opened it, and filters by target", () => {
  const comms = new Comms(makeMessenger().messenger);
  comms.fromSession(frame("comm_open", "1", "jupyter.widget"), undefined);
  comms.fromFrontEnd("comm_open", { comm_id: "2", target_name: "chart", data: {} });
  comms.fromFrontEnd("comm_open", { comm_id: "3", target_name: "chart", data: {} });
  comms.fromFrontEnd("comm_close", { comm_id: "3", data: {} });
  expect(comms.info(null)).toEqual({
    "1": { target_name: "jupyter.widget" },
    "2": { target_name: "chart" },
  });
  expect(comms.info("chart")).toEqual({ "2": { target_name: "chart" } });
});

test("a message without an id is refused", () => {
  expect(new Comms(makeMessenger().messenger).fromFrontEnd("comm_msg", { data: {} })).toBe(false);
});

test("closeAll tells the front ends, once", () => {
  const { messenger, sent } = makeMessenger();
  const comms = new Comms(messenger);
  comms.fromSession(frame("comm_open", "1"), undefined);
  comms.closeAll(undefined);
  comms.closeAll(undefined);
  expect(sent.map(({ type, content }) => [type, content.comm_id])).toEqual([
    ["comm_open", "1"],
    ["comm_close", "1"],
  ]);
  expect(comms.info(null)).toEqual({});
});
