// Helper threads run compiled code: tests on the sources start the built program, which `npm test` has made before.
import { program } from "../../src/engine/threads/startThreads.js";

export function useBuiltHelpers(): void {
  program.url = new URL("../../dist/src/engine/threads/helperMain.js", import.meta.url);
}
