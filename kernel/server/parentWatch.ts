// A kernel must not outlive the program that started it: that program may have been killed and could not say goodbye.

export interface ParentProbe {
  /** JPY_PARENT_PID, which Jupyter clients set. */
  readonly parentPid: number | null;
  readonly ppid: () => number;
  readonly isAlive: (pid: number) => boolean;
}

/**
 * Returns a function that tells whether the parent is gone: the process that JPY_PARENT_PID names has ended, or another
 * process has become our parent. A kernel started by process 1 (a container's entry) has only JPY_PARENT_PID to go by.
 */
export function parentIsGone({ parentPid, ppid, isAlive }: ParentProbe): () => boolean {
  const first = ppid();
  return () => {
    // a number may be given to a new process, so where the parent is the named one its change says more
    if (first !== 1 && ppid() !== first && (parentPid === null || parentPid === first)) return true;
    return parentPid !== null && !isAlive(parentPid);
  };
}

/** Calls `end` once the parent is gone; asks every second. */
export function watchParent(end: () => void, probe: ParentProbe = thisProcess()): () => void {
  const isGone = parentIsGone(probe);
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    end();
  }, 1000);
  timer.unref();
  return () => clearInterval(timer);
}

function thisProcess(): ParentProbe {
  const pid = Number.parseInt(process.env.JPY_PARENT_PID ?? "", 10);
  return {
    parentPid: Number.isInteger(pid) && pid > 1 ? pid : null,
    ppid: () => process.ppid,
    isAlive(parent) {
      try {
        process.kill(parent, 0);
        return true;
      } catch (error) {
        // EPERM: it lives and belongs to somebody else
        return (error as NodeJS.ErrnoException).code === "EPERM";
      }
    },
  };
}
