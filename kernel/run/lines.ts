// Bytes of a pipe into whole lines. A line may be megabytes (a picture) and arrive in many pieces: the pieces are joined
// once, when the line is complete, and decoded then, so that no character is cut.

export class LineReader {
  #pieces: Buffer[] = [];

  /** The lines that this piece completes, without their line feeds. */
  push(piece: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      const last = piece.subarray(from, end);
      lines.push(
        this.#pieces.length === 0
          ? last.toString("utf8")
          : Buffer.concat([...this.#pieces, last]).toString("utf8"),
      );
      this.#pieces = [];
      from = end + 1;
    }
    if (from < piece.length) this.#pieces.push(piece.subarray(from));
    return lines;
  }
}
