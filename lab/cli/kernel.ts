import type { Command } from "commander";
import { NotebookError } from "../../grader/notebook/notebookError.js";

interface PlaceFlags {
  readonly user?: true;
  readonly prefix?: string;
  readonly system?: true;
  readonly name?: string;
}

export function addKernel(program: Command): void {
  const kernel = program
    .command("kernel")
    .description("install the Jupyter kernel, remove it, or start it by hand");
  placeOptions(kernel.command("install").description("make the kernel known to Jupyter, VS Code and others"))
    .option("--display-name <text>", 'what menus show (default: "TypeScript (gradbook)")')
    .action(async (flags: PlaceFlags & { displayName?: string }) => {
      const { installKernel } = await import("../../kernel/install/install.js");
      const { folder, node, main } = attempt(() => installKernel(flags));
      process.stdout.write(`installed ${folder}\n  node   ${node}\n  kernel ${main}\n`);
    });
  placeOptions(kernel.command("uninstall").description("remove what install wrote")).action(
    async (flags: PlaceFlags) => {
      const { uninstallKernel } = await import("../../kernel/install/install.js");
      process.stdout.write(`removed ${attempt(() => uninstallKernel(flags))}\n`);
    },
  );
  kernel
    .command("start")
    .description("start a kernel on the sockets of a connection file, as Jupyter does")
    .requiredOption("--connection-file <file>", "JSON with the addresses and the key")
    .action(async ({ connectionFile }: { connectionFile: string }) => {
      // the kernel's entry reads its command line: node main.js FILE
      process.argv = [process.argv[0]!, "kernel/main.js", connectionFile];
      await import("../../kernel/main.js");
    });
}

function placeOptions(command: Command): Command {
  return command
    .option("--user", "for you (default)")
    .option("--prefix <dir>", "for the environment in this folder, such as a Python virtual environment")
    .option("--system", "for every user of this machine")
    .option("--name <name>", 'folder name of the kernelspec (default: "gradbook")');
}

/** A folder that cannot be written or a wrong name is the user's to solve: main.ts prints the message without a stack. */
function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && (error.name === "InstallError" || error instanceof RangeError))
      throw new NotebookError(error.message);
    throw error;
  }
}
