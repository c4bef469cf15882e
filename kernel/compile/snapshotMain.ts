// COMPILE PROCESS, entry of the snapshot: runs once while V8's heap is written (Node's --build-snapshot), with the declarations
// of the libraries parsed, bound and checked; a process that starts from the file goes on at the last line.
// Nothing here may use ICU (`localeCompare`, which completion calls), timers or open files: they cannot be written.
import { startupSnapshot } from "node:v8";
import type * as TypeScript from "typescript";
import { createCompiler } from "./compiler.js";
import { serve } from "./compilerServer.js";

const parsed = new Map<string, TypeScript.SourceFile>();
const compiler = createCompiler({ parsed });
const first = compiler.convert("", "let x = 1; x", "In[1]");
if (!first.ok) throw new Error(first.error.traceback.join("\n"));
compiler.convert(
  first.declarations,
  "console.log(x + 1); class A { a = 1 } function f(y: number) { return y }",
  "In[2]",
);
const seed = compiler.seed();

startupSnapshot.setDeserializeMainFunction(() => serve(createCompiler({ parsed, seed })));
