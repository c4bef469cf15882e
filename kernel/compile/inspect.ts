// Signature and documentation of what stands at a position: a name, or the call whose brackets the position is in.
import type * as TypeScript from "typescript";
import type { CellBuilder } from "./builder.js";
import { ts } from "./injection.js";
import type { Inspection } from "./messages.js";
import { type Converter, TSLAB_PREFIX } from "./tslab.js";

const neverCancelled: TypeScript.CancellationToken = {
  isCancellationRequested: () => false,
  throwIfCancellationRequested() {},
};

export interface InspectInput {
  readonly converter: Converter;
  /** The builder and file of the cell that was asked about last. */
  readonly builder: () => CellBuilder;
  readonly cellFile: string;
  readonly declarations: string;
  readonly source: string;
  readonly position: number;
  /** 1 adds the text of the declaration. */
  readonly detail: 0 | 1;
}

export function inspect(input: InspectInput): Inspection | null {
  const { converter, builder, cellFile, declarations, source, position, detail } = input;
  const atName = [position, position - 1].filter(
    (at) => at >= 0 && /[\w$#\u0080-\uffff]/.test(source[at] ?? ""),
  );
  for (const at of atName) {
    const info = converter.inspect(declarations, source, at);
    if (info?.displayParts === undefined || info.displayParts.length === 0) continue;
    const signature = ts.displayPartsToString(info.displayParts);
    const text = detail === 1 ? declarationText(builder(), cellFile, at) : undefined;
    return describe(signature, ts.displayPartsToString(info.documentation), tagLines(info.tags), text);
  }
  return callSignature(input);
}

/** The parameters of the function being called around the position. Shift-Tab is mostly pressed there. */
function callSignature({
  converter,
  builder,
  cellFile,
  declarations,
  source,
  position,
}: InspectInput): Inspection | null {
  converter.inspect(declarations, source, position); // makes the program of this source
  const file = builder().getSourceFile(cellFile);
  if (file === undefined) return null;
  const at = position + TSLAB_PREFIX.length;
  const program = builder().getProgram();
  const help = ts.SignatureHelp.getSignatureHelpItems(program, file, at, undefined, neverCancelled);
  const item = help?.items[help.selectedItemIndex];
  if (help === undefined || item === undefined) return null;
  const separator = ts.displayPartsToString(item.separatorDisplayParts);
  const signature = [
    ts.displayPartsToString(item.prefixDisplayParts),
    item.parameters.map((parameter) => ts.displayPartsToString(parameter.displayParts)).join(separator),
    ts.displayPartsToString(item.suffixDisplayParts),
  ].join("");
  return describe(signature, ts.displayPartsToString(item.documentation), tagLines(item.tags));
}

function tagLines(tags: readonly TypeScript.JSDocTagInfo[] = []): string[] {
  return tags.map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`.trim());
}

function describe(
  signature: string,
  documentation: string,
  tags: readonly string[],
  source?: string,
): Inspection {
  const plain = [signature, documentation, tags.join("\n"), source].filter((part) => part).join("\n\n");
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    documentation,
    tags.map((tag) => tag.replace(/^@(\w+)/, "*@$1*")).join("  \n"),
    source && `\`\`\`typescript\n${source}\n\`\`\``,
  ]
    .filter((part) => part)
    .join("\n\n");
  return { plain, markdown };
}

function declarationText(builder: CellBuilder, cellFile: string, position: number): string | undefined {
  const file = builder.getSourceFile(cellFile);
  if (file === undefined) return undefined;
  const node = ts.getTouchingPropertyName(file, position + TSLAB_PREFIX.length);
  const checker = builder.getProgram().getTypeChecker();
  let symbol = checker.getSymbolAtLocation(node);
  if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol?.declarations?.[0]?.getText();
}
