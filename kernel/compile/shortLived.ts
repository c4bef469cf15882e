// Two changes to TypeScript's text in the snapshot, so that a checked cell is freed by V8's small collections.
//
// An object literal with `get` gets a hidden class of its own for each call of the function around it, and the hidden class holds the
// getters, which hold everything the function knows: here a whole type checker. V8 frees hidden classes only in large collections, and a
// small one keeps what they hold. So half of what a cell allocated survived: collections of 50 to 400 ms, and hundreds of MB that were
// garbage. With the getters in one object for all calls, or in a prototype, nothing is kept.

interface Change {
  readonly from: RegExp;
  readonly to: string;
}

const CHANGES: readonly Change[] = [
  // The three getters throw, and use nothing of the checker they are in.
  {
    from: /^(function createTypeChecker\(host\) \{\n[\s\S]*?)(\n {2}var noIterationTypes) = (\{\n(?: {4}.*\n)+ {2}\});/m,
    to: "var gradbookNoIterationTypes = $3;\n$1$2 = gradbookNoIterationTypes;",
  },
  // Of the context of a transformation, two properties are pairs of functions.
  {
    from: /^(function transformNodes\([\s\S]*?\n {2}const context = \{)([\s\S]*?)get onSubstituteNode\(\)([\s\S]*?)set onSubstituteNode\(value\)([\s\S]*?)get onEmitNode\(\)([\s\S]*?)set onEmitNode\(value\)/m,
    to: `var gradbookHooks = {
  get onSubstituteNode() { return this.gradbookGetSubstitute(); },
  set onSubstituteNode(value) { this.gradbookSetSubstitute(value); },
  get onEmitNode() { return this.gradbookGetEmit(); },
  set onEmitNode(value) { this.gradbookSetEmit(value); }
};
$1
    __proto__: gradbookHooks,$2gradbookGetSubstitute()$3gradbookSetSubstitute(value)$4gradbookGetEmit()$5gradbookSetEmit(value)`,
  },
];

/**
 * The text of typescript.js with the changes. They only save time and memory: a text in which a place is not found stays as it is.
 *
 * @param report told how many of the changes were made, and how many there are
 */
export function withShortLivedCheckers(
  typescript: string,
  report: (made: number, wanted: number) => void = () => {},
): string {
  let text = typescript;
  let made = 0;
  for (const { from, to } of CHANGES) {
    if (!from.test(text)) continue;
    text = text.replace(from, to);
    made++;
  }
  report(made, CHANGES.length);
  return text;
}
