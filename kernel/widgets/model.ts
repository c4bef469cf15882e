// What a kind of widget is: the attributes that a cell and the page share, under the names of the protocol.

export type AttributeType =
  | "string"
  | "int"
  | "float"
  | "bool"
  | "bytes"
  | "array"
  /** Another widget. */
  | "reference"
  | "date"
  | "datetime"
  | "time"
  /** A number, or "any". */
  | "step";

export interface Attribute {
  readonly type: AttributeType;
  /** null where a new value is made: bytes and references. */
  readonly default: unknown;
  readonly nullable?: boolean;
  /** The texts that are allowed. */
  readonly enum?: readonly string[];
  /** Kind of widget that is made when none is given. */
  readonly widget?: string;
  /** Type of the items of an array. */
  readonly items?: "widget" | "string" | "int" | "object";
}

export interface WidgetModel {
  /** Module of the page's classes, and its version. */
  readonly module: string;
  readonly version: string;
  /** The page's class that draws it; the name is null when there is nothing to draw, as for a link. */
  readonly view: { readonly module: string; readonly version: string; readonly name: string | null };
  readonly attributes: Readonly<Record<string, Attribute>>;
}
