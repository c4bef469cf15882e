// History on disk: one file of JSON lines for each session, in a folder of the user. A file of its own, because then two
// kernels never write the same file and the file system hands out the session numbers.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { HistoryStore, StoredCell } from "./history.js";
import type { Log } from "./log.js";

/** Sessions kept; older ones are removed when a new one begins. */
const keptSessions = 200;

/** Where the history of this user is. GRADBOOK_HISTORY names another folder, or is "off". */
export function historyFolder(
  env: NodeJS.ProcessEnv,
  home: string,
  platform: NodeJS.Platform,
): string | null {
  if (env.GRADBOOK_HISTORY === "off") return null;
  if (env.GRADBOOK_HISTORY) return env.GRADBOOK_HISTORY;
  if (platform === "win32") return path.win32.join(env.APPDATA ?? home, "gradbook", "history");
  if (platform === "darwin") return path.join(home, "Library", "Application Support", "gradbook", "history");
  return path.join(env.XDG_DATA_HOME ?? path.join(home, ".local", "share"), "gradbook", "history");
}

const fileOf = (folder: string, session: number): string =>
  path.join(folder, `${String(session).padStart(6, "0")}.jsonl`);

/** A folder that cannot be written is logged once, and the history ends with the process. */
export function historyFiles(folder: string, log: Log): HistoryStore {
  let isUsable = true;
  let ownSession: number | null = null;
  const attempt = <T>(what: () => T, otherwise: T): T => {
    if (!isUsable) return otherwise;
    try {
      return what();
    } catch (error) {
      isUsable = false;
      log(`history: ${folder} must be writable, got ${(error as Error).message}`);
      return otherwise;
    }
  };
  return {
    begin() {
      ownSession = attempt(() => claimSession(folder), 1);
      return ownSession;
    },
    append({ session, ...cell }) {
      attempt(() => appendFileSync(fileOf(folder, session), `${JSON.stringify(cell)}\n`), undefined);
    },
    read: () => attempt(() => sessionsIn(folder).flatMap((session) => readSession(folder, session)), []),
  };
}

function sessionsIn(folder: string): number[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readdirSync(folder)
    .map((name) => Number(/^(\d{6,})\.jsonl$/.exec(name)?.[1] ?? Number.NaN))
    .filter((session) => !Number.isNaN(session))
    .sort((a, b) => a - b);
}

function claimSession(folder: string): number {
  const sessions = sessionsIn(folder);
  for (const session of sessions.slice(0, -keptSessions)) rmSync(fileOf(folder, session), { force: true });
  for (let session = (sessions.at(-1) ?? 0) + 1; ; session++) {
    try {
      // "wx" fails when another kernel has just taken this number
      writeFileSync(fileOf(folder, session), "", { flag: "wx", mode: 0o600 });
      return session;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function readSession(folder: string, session: number): StoredCell[] {
  const cells = new Map<number, StoredCell>();
  for (const line of readFileSync(fileOf(folder, session), "utf8").split("\n")) {
    const cell = parseCell(line, session);
    // a cell is written again when its output is known
    if (cell) cells.set(cell.line, cell);
  }
  return [...cells.values()];
}

/** null for the end of a file that was cut off when the machine stopped. */
function parseCell(text: string, session: number): StoredCell | null {
  try {
    const { line, input, output } = JSON.parse(text);
    if (!Number.isInteger(line) || typeof input !== "string") return null;
    return { session, line, input, output: typeof output === "string" ? output : null };
  } catch {
    return null;
  }
}
