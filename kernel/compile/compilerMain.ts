// COMPILE PROCESS, entry without a snapshot. The parent is compileService.ts.
import { createCompiler } from "./compiler.js";
import { serve } from "./compilerServer.js";

serve(createCompiler());
