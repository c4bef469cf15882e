import { expect, test } from "vitest";
import { checkKernelName, makeKernelspec } from "../../../../kernel/install/kernelspec.js";

test("makeKernelspec starts node with absolute paths and asks to be interrupted by message", () => {
  const options = { node: "/n/node", main: "/g/main.js", displayName: "TypeScript", version: "1.2.3" };
  expect(makeKernelspec(options)).toEqual({
    argv: ["/n/node", "/g/main.js", "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    env: {},
    metadata: { debugger: false, gradbook: "1.2.3" },
  });
});

test.each(["gradbook", "Grad-Book_2.0"])("checkKernelName accepts %s", (name) => {
  expect(() => checkKernelName(name)).not.toThrow();
});

test.each(["", "a b", "../evil", "é", ".hidden", "a/b"])("checkKernelName refuses %j", (name) => {
  expect(() => checkKernelName(name)).toThrow(
    `kernelspec: name must consist of ASCII letters, digits, "-", "." and "_", got ${JSON.stringify(name)}`,
  );
});
