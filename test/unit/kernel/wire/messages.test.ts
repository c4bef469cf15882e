import { expect, test } from "vitest";
import { protocolVersion } from "../../../../kernel/wire/messages.js";
import { checkHeader } from "../../../../kernel/wire/schema.js";

test("protocolVersion is the one that the protocol's check accepts: 5.5, without the handshake of 5.6", () => {
  const header = {
    msg_id: "1",
    msg_type: "status",
    session: "s",
    username: "u",
    date: "2026-01-01T00:00:00Z",
  };
  expect(checkHeader({ ...header, version: protocolVersion })).toEqual([]);
  expect(protocolVersion).toBe("5.5");
});
