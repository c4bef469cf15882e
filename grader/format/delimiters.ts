// Regions of a cell between BEGIN and END lines: solutions, hidden tests, mark schemes. A mark may stand anywhere in its line,
// so that every comment style works.

/** What a region holds, in the words of its delimiters. */
export type RegionKind = "SOLUTION" | "HIDDEN TESTS" | "MARK SCHEME";

export interface Region {
  /** 0-based line of BEGIN. */
  readonly begin: number;
  /** 0-based line of END. */
  readonly end: number;
  /** White space before BEGIN. */
  readonly indent: string;
  /** What follows BEGIN … in its line: for hidden tests, the words students may see. */
  readonly label: string;
  /** The lines between. */
  readonly lines: readonly string[];
}

/**
 * The regions of one kind in `source`, in order.
 *
 * @param place how errors name the cell, such as `cell "N08-adam"`
 * @throws {SyntaxError} for BEGIN inside a region, END outside one, or a missing END
 */
export function findRegions(source: string, kind: RegionKind, place: string): Region[] {
  const regions: Region[] = [];
  const lines = source.split("\n");
  let begin = -1;
  lines.forEach((line, index) => {
    if (line.includes(`BEGIN ${kind}`)) {
      if (begin >= 0)
        throw new SyntaxError(
          `${place}: line ${index + 1}: BEGIN ${kind} inside the region that begins in line ${begin + 1}`,
        );
      begin = index;
    } else if (line.includes(`END ${kind}`)) {
      if (begin < 0) throw new SyntaxError(`${place}: line ${index + 1}: END ${kind} without BEGIN ${kind}`);
      const opening = lines[begin]!;
      regions.push({
        begin,
        end: index,
        indent: /^\s*/.exec(opening)?.[0] ?? "",
        label: opening
          .slice(opening.indexOf(kind) + kind.length)
          .replace(/(\*\/|-->|[#=\s])+$/, "")
          .trim(),
        lines: lines.slice(begin + 1, index),
      });
      begin = -1;
    }
  });
  if (begin >= 0) throw new SyntaxError(`${place}: line ${begin + 1}: BEGIN ${kind} without END ${kind}`);
  return regions;
}

/** `source` with each region, its delimiters included, replaced by the lines that `replace` gives. */
export function replaceRegions(
  source: string,
  regions: readonly Region[],
  replace: (region: Region) => readonly string[],
): string {
  const lines = source.split("\n");
  for (const region of [...regions].reverse())
    lines.splice(region.begin, region.end - region.begin + 1, ...replace(region));
  return lines.join("\n");
}
