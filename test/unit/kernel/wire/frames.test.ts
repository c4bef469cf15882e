import { describe, expect, test } from "vitest";
import { MessageCodec } from "../../../../kernel/wire/frames.js";

const codec = new MessageCodec({ key: "key" });
const bytes = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));

const header = '{"msg_id":"1","msg_type":"a"}';
const content = '{"x":"é"}';
// Python: h = hmac.new(b"key", digestmod=hashlib.sha256); h.update() with the four parts; h.hexdigest()
const signature = "31b2c57462c3450d0f5206077ea83d4cfb353e499d6d90ae11d3577d25a12a9e";

describe("decode", () => {
  test("returns the parts of a message that Python signed", () => {
    const message = codec.decode(
      bytes("id1", "id2", "<IDS|MSG>", signature, header, "{}", "{}", content, "b1", "b2"),
    );
    expect(message.identities.map(String)).toEqual(["id1", "id2"]);
    expect(message.header).toEqual({ msg_id: "1", msg_type: "a" });
    expect(String(message.headerBytes)).toBe(header);
    expect(message.content).toEqual({ x: "é" });
    expect(message.buffers.map(String)).toEqual(["b1", "b2"]);
  });

  test("an empty key checks nothing", () => {
    const open = new MessageCodec({ key: "" });
    expect(open.decode(bytes("<IDS|MSG>", "junk", header, "{}", "{}", "{}")).content).toEqual({});
  });

  test.each([
    ["no delimiter", ["a"], "decode: a message must contain <IDS|MSG>, got none"],
    [
      "four frames",
      ["<IDS|MSG>", "", "{}", "{}", "{}"],
      "decode: a message must have 5 frames after <IDS|MSG>, got 4",
    ],
    [
      "a signature of another message",
      ["<IDS|MSG>", signature, header, "{}", "{}", '{"x":"e"}'],
      "decode: the signature must be the HMAC of the message, got another",
    ],
    [
      "a short signature, before anything is parsed",
      ["<IDS|MSG>", "12", "{", "{", "{", "{"],
      "decode: the signature must be the HMAC of the message, got another",
    ],
  ])("refuses %s", (_, frames, message) => {
    expect(() => codec.decode(bytes(...frames))).toThrow(message);
  });

  test.each([
    ["not JSON", "{", "decode: content must be JSON, got 1 bytes that are not"],
    ["an array", "[1]", "decode: content must be a JSON object, got [1]"],
    ["null", "null", "decode: content must be a JSON object, got null"],
  ])("refuses content that is %s", (_, text, message) => {
    const open = new MessageCodec({ key: "" });
    expect(() => open.decode(bytes("<IDS|MSG>", "", header, "{}", "{}", text))).toThrow(message);
  });

  test("refuses a header without a type", () => {
    const open = new MessageCodec({ key: "" });
    expect(() =>
      open.decode(bytes("<IDS|MSG>", "", '{"msg_id":"1"}', "{}", "{}", "{}")),
    ).toThrowErrorMatchingInlineSnapshot(
      `[WireError: decode: header.msg_type must be a string, got undefined]`,
    );
  });
});

describe("encode", () => {
  test("writes what decode reads, with a new id and the request's own header bytes", () => {
    const parent = Buffer.from('{"msg_id": "1",  "future": 1.0}');
    const { frames, id } = codec.encode({
      identities: ["stream.stdout"],
      type: "stream",
      parent,
      content: { text: "𝐚" },
      metadata: { m: 1 },
      buffers: [Buffer.from([0, 255])],
    });
    const raw = frames.map((frame) => Buffer.from(frame));
    expect(raw[4]).toEqual(parent);
    const message = codec.decode(raw);
    expect(message.header).toMatchObject({
      msg_id: id,
      msg_type: "stream",
      session: codec.session,
      version: "5.5",
    });
    expect(Object.keys(message.header).sort()).toEqual([
      "date",
      "msg_id",
      "msg_type",
      "session",
      "username",
      "version",
    ]);
    expect(message.content).toEqual({ text: "𝐚" });
    expect(message.metadata).toEqual({ m: 1 });
    expect(message.buffers).toEqual([Buffer.from([0, 255])]);
    expect(codec.encode({ identities: [], type: "stream", content: {} }).id).not.toBe(id);
  });

  test("an empty key leaves the signature empty", () => {
    const { frames } = new MessageCodec({ key: "" }).encode({ identities: [], type: "a", content: {} });
    expect(frames[1]).toBe("");
  });
});
