// A WebAssembly assembler: functions are written as ordinary TypeScript that appends statements, and come out as the
// bytes of a module that imports one memory ("engine" "memory") and exports its named functions.
//
//     const module = new ModuleBuilder({ fma: true });
//     module.define("double", ["i32", "i32"], (f, [data, count]) => {
//       f.repeat(count, () => {
//         f.push(f32.store(data, 0, f32.mul(f32.load(data), f32.const(2))));
//         f.advance(data, 4);
//       });
//     });
//     new WebAssembly.Module(module.bytes());
import { ByteWriter } from "./byteWriter.js";
import {
  type Code,
  code,
  type I32,
  i32,
  type Statement,
  unsignedLeb,
  type V128,
  type ValueType,
  v128,
} from "./instructions.js";

const typeByte: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/** A local variable; used as an expression it reads the variable. */
export class Local<T extends ValueType = ValueType> implements Code<T> {
  readonly type: T;
  readonly index: number;
  readonly pieces: readonly number[];
  constructor(type: T, index: number) {
    this.type = type;
    this.index = index;
    this.pieces = [0x20, ...unsignedLeb(index)];
  }
}
export type IntLocal = Local<"i32">;
export type VectorLocal = Local<"v128">;

type Parameters<T extends readonly ValueType[]> = { [K in keyof T]: Local<T[K]> };

/** Appends the statements of one function; control structures take callbacks that append their bodies. */
export class FunctionBuilder {
  readonly name: string;
  readonly index: number;
  readonly parameterTypes: readonly ValueType[];
  readonly localTypes: ValueType[] = [];
  /** Statements are written out as they are appended: a tree of a whole function would be work for the garbage collector. */
  private readonly body: ByteWriter = new ByteWriter();
  private readonly prologue: ByteWriter = new ByteWriter();
  private readonly constants: Map<number, VectorLocal> = new Map();
  private readonly fused: boolean;

  constructor(name: string, index: number, parameterTypes: readonly ValueType[], fused: boolean) {
    this.name = name;
    this.index = index;
    this.parameterTypes = parameterTypes;
    this.fused = fused;
  }

  local<T extends ValueType>(type: T): Local<T> {
    this.localTypes.push(type);
    return new Local(type, this.parameterTypes.length + this.localTypes.length - 1);
  }
  /** `count` new locals of one type. */
  locals<T extends ValueType>(type: T, count: number): Local<T>[] {
    return Array.from({ length: count }, () => this.local(type));
  }
  push(statement: Statement): void {
    this.body.code(statement);
  }
  set<T extends ValueType>(variable: Local<T>, value: Code<T>): void {
    this.push(code("nothing", [value, 0x21, ...unsignedLeb(variable.index)]));
  }
  /** A new local that holds `value`. */
  let<T extends ValueType>(value: Code<T>): Local<T> {
    const variable = this.local(value.type);
    this.set(variable, value);
    return variable;
  }
  /** Four lanes of `value` in a local that is set once, before anything else: cheaper in a loop than a constant. */
  constant(value: number): VectorLocal {
    let found = this.constants.get(value);
    if (found === undefined) {
      found = this.local("v128");
      this.prologue.code(code("nothing", [v128.const(value), 0x21, ...unsignedLeb(found.index)]));
      this.constants.set(value, found);
    }
    return found;
  }
  advance(pointer: IntLocal, step: number | I32): void {
    this.set(pointer, i32.add(pointer, typeof step === "number" ? i32.const(step) : step));
  }
  /** `a · b + c`, rounded once where the path has fused multiply-add, else twice. */
  fma(a: V128, b: V128, c: V128): V128 {
    return this.fused ? v128.relaxedMadd(a, b, c) : v128.add(v128.mul(a, b), c);
  }

  /** Runs `body` `count` times, possibly zero. */
  repeat(count: I32, body: () => void): void {
    const left = this.let(count);
    this.if(left, () => this.repeatAtLeastOnce(left, body));
  }
  /** Runs `body` `left` times, counting `left` down to zero; `left` must not be zero. */
  repeatAtLeastOnce(left: IntLocal, body: () => void): void {
    this.loopWhile(body, code("i32", [i32.sub(left, i32.const(1)), 0x22, ...unsignedLeb(left.index)]));
  }
  /** `for (variable = from; variable < to; variable += step)`, unsigned. */
  forRange(variable: IntLocal, from: I32, to: I32, step: number | I32, body: () => void): void {
    this.set(variable, from);
    this.if(i32.lessU(variable, to), () => {
      this.loopWhile(
        () => {
          body();
          this.advance(variable, step);
        },
        i32.lessU(variable, to),
      );
    });
  }
  /** `do body while (condition)` */
  private loopWhile(body: () => void, condition: I32): void {
    this.body.list([0x03, 0x40]);
    body();
    this.body.code(condition);
    this.body.list([0x0d, 0, 0x0b]);
  }
  if(condition: I32, then: () => void, otherwise?: () => void): void {
    this.body.code(condition);
    this.body.list([0x04, 0x40]);
    then();
    if (otherwise !== undefined) {
      this.body.byte(0x05);
      otherwise();
    }
    this.body.byte(0x0b);
  }
  /** Writes the declarations of locals, the body and its end. */
  writeTo(out: ByteWriter): void {
    out.list(unsignedLeb(this.localTypes.length));
    for (const type of this.localTypes) out.list([1, typeByte[type]]);
    out.append(this.prologue);
    out.append(this.body);
    out.byte(0x0b);
  }
  call(callee: FunctionBuilder, ...values: readonly Code<ValueType>[]): void {
    if (values.length !== callee.parameterTypes.length)
      throw new Error(
        `bug: ${callee.name} takes ${callee.parameterTypes.length} values, got ${values.length}`,
      );
    this.push(code("nothing", [...values, 0x10, ...unsignedLeb(callee.index)]));
  }
}

/** Collects functions and writes the module. `fma` decides what `FunctionBuilder.fma` becomes. */
export class ModuleBuilder {
  readonly fma: boolean;
  private readonly functions: FunctionBuilder[] = [];

  constructor({ fma }: { readonly fma: boolean }) {
    this.fma = fma;
  }

  /** Adds a function without result. It is exported when its name is not empty. */
  define<const T extends readonly ValueType[]>(
    name: string,
    types: T,
    build: (f: FunctionBuilder, parameters: Parameters<T>) => void,
  ): FunctionBuilder {
    const f = new FunctionBuilder(name, this.functions.length, types, this.fma);
    this.functions.push(f);
    build(f, types.map((type, i) => new Local(type, i)) as unknown as Parameters<T>);
    return f;
  }

  /** The module for a shared memory of at most `maximumPages` pages of 64 KiB. */
  bytes(maximumPages = 65536): Uint8Array {
    const signatures = new Map<string, number>();
    const signatureOf = this.functions.map((f) => {
      const key = f.parameterTypes.join();
      if (!signatures.has(key)) signatures.set(key, signatures.size);
      return signatures.get(key) as number;
    });
    const out = new ByteWriter();
    const section = (id: number, count: number, body: () => void): void => {
      out.byte(id);
      out.sized(() => {
        out.list(unsignedLeb(count));
        body();
      });
    };
    out.list([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    section(1, signatures.size, () => {
      for (const key of signatures.keys()) {
        const types = key === "" ? [] : (key.split(",") as ValueType[]);
        out.list([0x60, ...unsignedLeb(types.length), ...types.map((type) => typeByte[type]), 0]);
      }
    });
    section(2, 1, () => {
      out.text("engine");
      out.text("memory");
      out.list([2, 3, ...unsignedLeb(1), ...unsignedLeb(maximumPages)]); // 3: shared, with a maximum
    });
    section(3, this.functions.length, () => {
      for (const index of signatureOf) out.list(unsignedLeb(index));
    });
    const exported = this.functions.filter((f) => f.name !== "");
    section(7, exported.length, () => {
      for (const f of exported) {
        out.text(f.name);
        out.list([0, ...unsignedLeb(f.index)]);
      }
    });
    section(10, this.functions.length, () => {
      for (const f of this.functions) {
        out.sized(() => f.writeTo(out));
      }
    });
    return out.finish();
  }
}
