// Names of earlier cells in places where tslab looks at the wrong symbol. It replaces each identifier that is declared in an
// earlier cell by `exports.name`, and asks the checker what an identifier means. For `{ s }` the checker answers with the new
// property, so a shorthand for a variable of an earlier cell would stay `{ s }` and fail; for the left side of `{ s: t } = o` it
// answers with the property of the type of `o`, which may be written in an earlier cell, and would become `{ exports.s: t }`.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";

/** A transformer that runs before TypeScript's own and leaves tslab nothing to get wrong. */
export function spellOutNames(
  checker: TypeScript.TypeChecker,
  declarations: TypeScript.SourceFile | undefined,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const isPrevious = (symbol: TypeScript.Symbol | undefined): boolean =>
    declarations !== undefined &&
    (symbol?.declarations?.some((declaration) => declaration.getSourceFile() === declarations) ?? false);

  return (context) => (file) => {
    const f = context.factory;
    const exported = (name: string): TypeScript.Expression =>
      f.createPropertyAccessExpression(f.createIdentifier("exports"), name);
    /** A name without a place in the source has no symbol. */
    const unresolved = (name: TypeScript.Identifier): TypeScript.Identifier =>
      ts.setTextRange(f.createIdentifier(name.text), name);

    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (
        ts.isShorthandPropertyAssignment(node) &&
        isPrevious(checker.getShorthandAssignmentValueSymbol(node))
      ) {
        const fallback = node.objectAssignmentInitializer;
        const target = exported(node.name.text);
        const value =
          fallback === undefined
            ? target
            : f.createAssignment(target, ts.visitNode(fallback, visit, ts.isExpression));
        return f.createPropertyAssignment(unresolved(node.name), value);
      }
      if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
        const value = ts.visitNode(node.initializer, visit, ts.isExpression);
        return f.updatePropertyAssignment(node, unresolved(node.name), value);
      }
      if (
        ts.isBindingElement(node) &&
        node.propertyName !== undefined &&
        ts.isIdentifier(node.propertyName)
      ) {
        const visited = ts.visitEachChild(node, visit, context) as TypeScript.BindingElement;
        const property = unresolved(node.propertyName);
        return f.updateBindingElement(
          visited,
          visited.dotDotDotToken,
          property,
          visited.name,
          visited.initializer,
        );
      }
      return ts.visitEachChild(node, visit, context);
    };
    const visited = ts.visitEachChild(file, visit, context);
    return f.updateSourceFile(visited, visited.statements.filter(isRunnable));
  };
}

/** tslab takes the last statement for the value of the cell; one that leaves no code would stand in the way. */
function isRunnable(statement: TypeScript.Statement): boolean {
  return (
    !ts.isInterfaceDeclaration(statement) &&
    !ts.isTypeAliasDeclaration(statement) &&
    !ts.isEmptyStatement(statement)
  );
}
