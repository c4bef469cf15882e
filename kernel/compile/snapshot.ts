// PARENT side. How the compile process is started: from a snapshot of V8's heap, which has TypeScript and the declarations of
// its libraries loaded, or plainly. The snapshot fits one build of Node exactly, so each user's machine makes its own, in the
// background of a first start.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Node's options for either start: young objects of a compilation die in larger, fewer collections. */
export const NODE_OPTIONS: readonly string[] = ["--max-semi-space-size=32"];

const here = fileURLToPath(new URL(".", import.meta.url));

/** The user's folder for files that can be made again. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.GRADBOOK_CACHE) return env.GRADBOOK_CACHE;
  if (platform === "win32") return join(env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "gradbook");
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "gradbook");
  return join(env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "gradbook");
}

/** Where the snapshot for this Node and this build of the compiler is, or would be. */
export function snapshotPath(folder: string = cacheFolder()): string {
  const require = createRequire(import.meta.url);
  const parts = [
    ...readdirSync(here)
      .filter((name) => name.endsWith(".js"))
      .sort()
      .map((name) => join(here, name)),
    ...["typescript/package.json", "tslab/package.json", "@types/node/package.json"].map((name) =>
      require.resolve(name),
    ),
  ];
  const hash = createHash("sha256");
  for (const path of parts) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  const name = `compiler-${process.version}-${process.platform}-${process.arch}`;
  return join(folder, `${name}-${hash.digest("hex").slice(0, 16)}.blob`);
}

/** GRADBOOK_SNAPSHOT=off neither uses nor makes snapshots. */
const isOn = (): boolean => process.env.GRADBOOK_SNAPSHOT !== "off";

/** Arguments of Node that start the compile process, best first; the last one always works. */
export function compilerCommands(blob: string = snapshotPath()): string[][] {
  const plain = [...NODE_OPTIONS, join(here, "compilerMain.js")];
  return isOn() && existsSync(blob) ? [[...NODE_OPTIONS, "--snapshot-blob", blob], plain] : [plain];
}

/**
 * Builds the snapshot when it is missing, in a process of its own that outlives this one.
 *
 * @param log told when the process cannot be started
 */
export function buildSnapshotInBackground(log: (text: string) => void, blob: string = snapshotPath()): void {
  if (!isOn() || existsSync(blob)) return;
  const child = spawn(process.execPath, [join(here, "snapshotBuildMain.js"), blob, ...NODE_OPTIONS], {
    detached: true,
    stdio: "ignore",
    windowsHide: true,
  });
  child.on("error", (error) => log(`snapshot: ${error.message}`));
  child.unref();
}
