// kernel_info_request: what this kernel is. Answered at once, also while the compile process still starts.
import { type KernelInfoReply, protocolVersion } from "../wire/messages.js";

export const kernelInfo = (version: string, typescriptVersion: string): KernelInfoReply => ({
  status: "ok",
  protocol_version: protocolVersion,
  implementation: "gradbook",
  implementation_version: version,
  language_info: {
    name: "typescript",
    version: typescriptVersion,
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `gradbook ${version}: TypeScript ${typescriptVersion} on Node ${process.version}`,
  help_links: [
    { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/intro.html" },
    { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
  ],
  debugger: false,
  supported_features: [],
});
