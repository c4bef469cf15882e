// kernel.json: how a client starts this kernel.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
import { protocolVersion } from "../wire/messages.js";

export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: "typescript";
  readonly interrupt_mode: "message";
  readonly kernel_protocol_version: string;
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: {
    readonly debugger: boolean;
    /** The version that wrote it: by this key `uninstall` knows its own. */
    readonly gradbook: string;
  };
}

export interface KernelspecOptions {
  /** Absolute: a program started from a desktop has another PATH than a terminal. */
  readonly node: string;
  /** Absolute path of the supervisor's entry. */
  readonly main: string;
  readonly displayName: string;
  readonly version: string;
}

export const makeKernelspec = ({ node, main, displayName, version }: KernelspecOptions): Kernelspec => ({
  argv: [node, main, "{connection_file}"],
  display_name: displayName,
  language: "typescript",
  interrupt_mode: "message",
  kernel_protocol_version: protocolVersion,
  env: {},
  metadata: { debugger: false, gradbook: version },
});

/**
 * A kernelspec's name is a folder that ignores case: ASCII letters, digits, `-`, `.` and `_`.
 *
 * @throws {RangeError}
 */
export function checkKernelName(name: string): void {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name))
    throw new RangeError(
      `kernelspec: name must consist of ASCII letters, digits, "-", "." and "_", got ${JSON.stringify(name)}`,
    );
}
