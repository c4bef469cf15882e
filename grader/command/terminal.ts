// Where a command talks to its user. Passed in, so that tests read what was printed and commands never touch the process.

export interface Terminal {
  /** Results, for people and for pipes. */
  out(text: string): void;
  /** Progress and errors. */
  err(text: string): void;
  /** Whether `err` is a screen whose last line can be written again. */
  readonly isInteractive: boolean;
  /** Width of the screen in characters. */
  readonly columns: number;
  /** Milliseconds since some fixed moment. */
  now(): number;
}

/** "0.4 s", "12 s", "3 min 05 s". */
export function formatDuration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
