// complete_request and is_complete_request.
import type { CompileService } from "../compile/compileService.js";
import type { CompleteReply, CompleteRequest, IsCompleteReply } from "../wire/messages.js";
import { toCodePoints, toUtf16Offset } from "../wire/textPosition.js";

export async function complete(
  compile: CompileService,
  declarations: string,
  { code, cursor_pos }: CompleteRequest,
): Promise<CompleteReply> {
  const position = toUtf16Offset(code, cursor_pos);
  const { start, end, matches } = await compile.complete(declarations, code, position);
  const cursor_start = toCodePoints(code, start);
  const cursor_end = toCodePoints(code, end);
  return {
    status: "ok",
    matches: matches.map(({ text }) => text),
    cursor_start,
    cursor_end,
    metadata: {
      _jupyter_types_experimental: matches.map(({ text, kind }) => ({
        text,
        type: kind,
        start: cursor_start,
        end: cursor_end,
      })),
    },
  };
}

export const isComplete = (compile: CompileService, code: string): Promise<IsCompleteReply> =>
  compile.isComplete(code);
