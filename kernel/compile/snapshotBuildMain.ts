// PROCESS of its own: writes a snapshot of the compile process, once per version of Node and of gradbook.
// node snapshotBuildMain.js BLOB FLAG…: makes BLOB, under a temporary name until it is complete. V8 starts from it with the same
// flags only.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./snapshotBundle.js";

const [, , blob, ...flags] = process.argv;
if (blob === undefined) throw new Error("snapshotBuildMain: the path of the snapshot must be given");
const folder = dirname(blob);
mkdirSync(folder, { recursive: true });
// Kernels that start together need one snapshot; a lock older than ten minutes was left by a process that died.
const lock = `${blob}.lock`;
if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 600_000) process.exit(0);
rmSync(lock, { force: true });
writeFileSync(lock, String(process.pid), { flag: "wx" });
const unfinished = `${blob}.${process.pid}`;
const script = `${unfinished}.js`;
try {
  const entry = fileURLToPath(new URL("./snapshotMain.js", import.meta.url));
  writeFileSync(script, bundle(entry, ["tslab/dist/converter.js"]));
  const { status, stderr } = spawnSync(
    process.execPath,
    [...flags, "--snapshot-blob", unfinished, "--build-snapshot", script],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`the snapshot could not be built (exit code ${status})\n${stderr}`);
  renameSync(unfinished, blob);
  // Those of other versions of gradbook for this Node are of no use any more.
  const prefix = basename(blob).replace(/[^-]*$/, "");
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && name.endsWith(".blob") && name !== basename(blob))
      rmSync(join(folder, name));
  }
} finally {
  rmSync(lock, { force: true });
  rmSync(script, { force: true });
  rmSync(unfinished, { force: true });
}
