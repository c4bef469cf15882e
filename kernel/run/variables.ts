// The notebook's variables: the `exports` of all cells is one object. It is a plain object and nothing is ever deleted from it,
// because V8 makes both a proxy and an object with deleted properties slow, and every use of a variable reads from it.

export interface Variables {
  readonly exports: Record<string, unknown>;
  /** Compiled cells call it where a module would define a getter: the value is taken now, and can be assigned to later. */
  define(target: Record<string, unknown>, name: string, descriptor: PropertyDescriptor): void;
  /** Takes the value of the last expression. */
  takeLast(name: string): unknown;
}

export function makeVariables(): Variables {
  const exports: Record<string, unknown> = {};
  return {
    exports,
    define(target, name, descriptor) {
      target[name] = descriptor.get === undefined ? descriptor.value : descriptor.get();
    },
    takeLast(name) {
      const value = exports[name];
      exports[name] = undefined;
      return value;
    },
  };
}
