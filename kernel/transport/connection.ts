// The connection file: five ports and a key, written by the program that starts the kernel, its path on our command line.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

export const channelNames = ["shell", "control", "stdin", "iopub", "hb"] as const;
export type ChannelName = (typeof channelNames)[number];

export interface Connection {
  /** Where it was read from; named in errors. */
  readonly file: string;
  readonly transport: "tcp" | "ipc";
  /** An address, or for ipc the beginning of a path. */
  readonly ip: string;
  readonly ports: Readonly<Record<ChannelName, number>>;
  /** Empty: messages are not signed. */
  readonly key: string;
}

/** A connection file, or an address in it, that cannot be used. The message says what to do; the program ends. */
export class ConnectionError extends Error {
  override readonly name: string = "ConnectionError";
}

const help =
  "  help: a Jupyter client writes this file and starts the kernel; by hand, run gradbook kernel start --connection-file FILE";

/**
 * The path of the connection file in a command line: after `-f` or `--connection-file`, else the first plain argument.
 * Other arguments are ignored: clients add their own.
 *
 * @throws {ConnectionError} when there is none
 */
export function connectionFileOf(args: readonly string[]): string {
  for (const [i, arg] of args.entries()) {
    const [flag, value] = arg.split(/=(.*)/s);
    if (flag === "-f" || flag === "--f" || flag === "--connection-file") {
      const file = value ?? args[i + 1];
      if (file) return file;
    }
  }
  const plain = args.filter((arg) => !arg.startsWith("-"));
  const file = plain.find((arg) => arg.endsWith(".json")) ?? plain[0];
  if (file === undefined)
    throw new ConnectionError(
      `kernel: the command line must name a connection file, got ${JSON.stringify(args)}\n${help}`,
    );
  return file;
}

/** @throws {ConnectionError} when the file cannot be read or its fields cannot be used */
export function readConnection(file: string): Connection {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code = "an error" } = error as NodeJS.ErrnoException;
    throw new ConnectionError(`kernel: connection file ${file} must be readable, got ${code}\n${help}`);
  }
  return parseConnection(text, file);
}

/** @throws {ConnectionError} */
export function parseConnection(text: string, file: string): Connection {
  const refuse = (what: string, got: unknown): never => {
    throw new ConnectionError(
      `kernel: connection file ${file}: ${what}, got ${JSON.stringify(got) ?? "nothing"}\n${help}`,
    );
  };
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(text);
  } catch {
    return refuse("must be JSON", text.length > 60 ? `${text.slice(0, 60)}…` : text);
  }
  if (fields === null || typeof fields !== "object" || Array.isArray(fields))
    return refuse("must be a JSON object", fields);
  const { transport = "tcp", ip, key = "", signature_scheme: scheme = "hmac-sha256" } = fields;
  if (transport !== "tcp" && transport !== "ipc")
    return refuse('transport must be "tcp" or "ipc"', transport);
  if (typeof ip !== "string" || ip === "") return refuse("ip must be an address", ip);
  if (typeof key !== "string") return refuse("key must be a string", key);
  // an empty key turns signing off, whatever the scheme says
  if (key !== "" && scheme !== "hmac-sha256") return refuse('signature_scheme must be "hmac-sha256"', scheme);
  const ports = Object.fromEntries(
    channelNames.map((name) => {
      const port = fields[`${name}_port`];
      const isPort = Number.isInteger(port) && (port as number) >= 1 && (port as number) <= 65535;
      return [name, isPort ? (port as number) : refuse(`${name}_port must be an integer in 1..65535`, port)];
    }),
  ) as Record<ChannelName, number>;
  return { file, transport, ip, key, ports };
}

/** The ZeroMQ address of one channel: `tcp://ip:port` or `ipc://ip-port`. */
export function addressOf(connection: Connection, channel: ChannelName): string {
  const { transport, ip, ports } = connection;
  if (transport === "ipc") return `ipc://${ip}-${ports[channel]}`;
  return `tcp://${ip.includes(":") ? `[${ip}]` : ip}:${ports[channel]}`;
}

/** The five ports as the fields of the protocol, `shell_port` to `hb_port`. */
export const portFields = (connection: Connection): Record<string, number> =>
  Object.fromEntries(channelNames.map((name) => [`${name}_port`, connection.ports[name]]));

/** Writes the file that a kernel reads. Only its owner may read it: it holds the key. */
export function writeConnection(connection: Connection): void {
  const { file, transport, ip, key } = connection;
  const fields = { transport, ip, ...portFields(connection), key, signature_scheme: "hmac-sha256" };
  writeFileSync(file, `${JSON.stringify(fields, null, 2)}\n`, { mode: 0o600 });
}

/** A key nobody can guess. */
export const makeKey = (): string => randomBytes(32).toString("hex");
