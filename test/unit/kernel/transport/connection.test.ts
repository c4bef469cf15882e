import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  addressOf,
  type Connection,
  connectionFileOf,
  makeKey,
  parseConnection,
  portFields,
  readConnection,
  writeConnection,
} from "../../../../kernel/transport/connection.js";

const fields = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 1,
  control_port: 2,
  stdin_port: 3,
  iopub_port: 4,
  hb_port: 5,
  key: "k",
  signature_scheme: "hmac-sha256",
};
const connection: Connection = {
  file: "c.json",
  transport: "tcp",
  ip: "127.0.0.1",
  ports: { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 5 },
  key: "k",
};
const help =
  "\n  help: a Jupyter client writes this file and starts the kernel; by hand, run gradbook kernel start --connection-file FILE";

describe("connectionFileOf", () => {
  test.each([
    [["c.json"], "c.json"],
    [["-f", "c"], "c"],
    [["-f=c"], "c"],
    [["--connection-file=a=b.json"], "a=b.json"],
    [["kernel", "start", "--connection-file", "c.json"], "c.json"],
    // nbgrader and IPython's clients add arguments of their own
    [["--HistoryManager.hist_file=:memory:", "--debug", "c.json", "--matplotlib"], "c.json"],
    [["other", "c.json"], "c.json"],
    [["connection"], "connection"],
  ])("%j names %s", (args, file) => {
    expect(connectionFileOf(args)).toBe(file);
  });

  test("refuses a command line without one", () => {
    expect(() => connectionFileOf(["--debug"])).toThrow(
      `kernel: the command line must name a connection file, got ["--debug"]${help}`,
    );
  });
});

describe("parseConnection", () => {
  test("reads the fields and ignores others", () => {
    expect(parseConnection(JSON.stringify({ ...fields, kernel_name: "x" }), "c.json")).toEqual(connection);
  });

  test("has the expected defaults", () => {
    const { transport, key, signature_scheme, ...rest } = fields;
    expect(parseConnection(JSON.stringify(rest), "c.json")).toEqual({ ...connection, key: "" });
  });

  test.each([
    ["must be JSON", "{", "{"],
    ["must be a JSON object", "[]", "[]"],
    ['transport must be "tcp" or "ipc"', JSON.stringify({ ...fields, transport: "udp" }), '"udp"'],
    ["ip must be an address", JSON.stringify({ ...fields, ip: 1 }), "1"],
    ["key must be a string", JSON.stringify({ ...fields, key: 1 }), "1"],
    [
      'signature_scheme must be "hmac-sha256"',
      JSON.stringify({ ...fields, signature_scheme: "hmac-md5" }),
      '"hmac-md5"',
    ],
    ["hb_port must be an integer in 1..65535", JSON.stringify({ ...fields, hb_port: 70000 }), "70000"],
    ["shell_port must be an integer in 1..65535", JSON.stringify({ ...fields, shell_port: "1" }), '"1"'],
  ])("%s", (problem, text, got) => {
    const shown = problem === "must be JSON" ? JSON.stringify(got) : got;
    expect(() => parseConnection(text, "c.json")).toThrow(
      `kernel: connection file c.json: ${problem}, got ${shown}${help}`,
    );
  });

  test("a scheme says nothing where nothing is signed", () => {
    const text = JSON.stringify({ ...fields, key: "", signature_scheme: "none" });
    expect(parseConnection(text, "c.json").key).toBe("");
  });
});

test("readConnection names a file that is missing", () => {
  expect(() => readConnection("/no/such/file.json")).toThrow(
    `kernel: connection file /no/such/file.json must be readable, got ENOENT${help}`,
  );
});

test("writeConnection writes what readConnection reads, for its owner only", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gradbook-connection-"));
  const written = { ...connection, file: path.join(folder, "c.json") };
  writeConnection(written);
  expect(readConnection(written.file)).toEqual(written);
  expect(statSync(written.file).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});

test("addressOf writes ZeroMQ's addresses", () => {
  expect(addressOf(connection, "iopub")).toBe("tcp://127.0.0.1:4");
  expect(addressOf({ ...connection, ip: "::1" }, "hb")).toBe("tcp://[::1]:5");
  expect(addressOf({ ...connection, transport: "ipc", ip: "/run/k" }, "shell")).toBe("ipc:///run/k-1");
});

test("portFields has the names of the protocol", () => {
  expect(portFields(connection)).toEqual({
    shell_port: 1,
    control_port: 2,
    stdin_port: 3,
    iopub_port: 4,
    hb_port: 5,
  });
});

test("makeKey has 256 bits and is never the same", () => {
  expect(makeKey()).toMatch(/^[0-9a-f]{64}$/);
  expect(makeKey()).not.toBe(makeKey());
});
