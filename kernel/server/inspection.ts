// inspect_request: signature and documentation of the name at the cursor, or just before it.
import type { CompileService } from "../compile/compileService.js";
import type { InspectReply, InspectRequest } from "../wire/messages.js";
import { toUtf16Offset } from "../wire/textPosition.js";

export async function inspect(
  compile: CompileService,
  declarations: string,
  { code, cursor_pos, detail_level }: InspectRequest,
): Promise<InspectReply> {
  const at = toUtf16Offset(code, cursor_pos);
  for (const position of at > 0 ? [at, at - 1] : [at]) {
    const found = await compile.inspect(declarations, code, position, detail_level);
    if (found)
      return {
        status: "ok",
        found: true,
        data: { "text/plain": found.plain, "text/markdown": found.markdown },
        metadata: {},
      };
  }
  return { status: "ok", found: false, data: {}, metadata: {} };
}
