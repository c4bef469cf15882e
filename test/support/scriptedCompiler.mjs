// A compile process that does what the source says; see compilerMain.ts for the real one.
import { existsSync, writeFileSync } from "node:fs";

if (process.argv[2] === "does not start") {
  process.stderr.write("no TypeScript here\n");
  process.exit(14);
}

process.on("disconnect", () => process.exit(0));
process.on("message", ({ id, op, args }) => {
  const source = op === "isComplete" ? args[0] : args[1];
  if (source === "crash") process.exit(9);
  if (source?.startsWith("crash once ")) {
    const mark = source.slice("crash once ".length);
    if (!existsSync(mark)) {
      writeFileSync(mark, "");
      process.exit(9);
    }
  }
  if (source === "loop") for (;;);
  if (source === "throw") process.send({ id, ok: false, message: "Error: bug" });
  else process.send({ id, ok: true, value: { op, args } });
});
process.send({ ready: true });
