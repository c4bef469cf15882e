import { describe, expect, test } from "vitest";
import wabt from "wabt";
import { ModuleBuilder } from "../../../../src/engine/emit/assembler.js";
import { f32, i32, v128 } from "../../../../src/engine/emit/instructions.js";
import { emittedModule } from "../../../support/emittedModule.js";

describe("ModuleBuilder", () => {
  test("writes a module that an independent disassembler reads as meant", async () => {
    const module = new ModuleBuilder({ fma: true });
    module.define("double", ["i32", "i32"], (f, [data, count]) => {
      f.repeatAtLeastOnce(count, () => {
        f.push(f32.store(data, 8, f32.mul(f32.load(data), f32.const(2))));
        f.advance(data, 4);
      });
    });
    const { readWasm } = await wabt();
    const read = readWasm(module.bytes(), { readDebugNames: false, simd: true, threads: true } as never);
    read.generateNames();
    read.applyNames();
    expect(read.toText({ foldExprs: false, inlineExport: false })).toMatchInlineSnapshot(`
      "(module
        (type $t0 (func (param i32 i32)))
        (import "engine" "memory" (memory $engine.memory 1 65536 shared))
        (func $double (type $t0) (param $p0 i32) (param $p1 i32)
          loop $L0
            local.get $p0
            local.get $p0
            f32.load
            f32.const 0x1p+1 (;=2;)
            f32.mul
            f32.store offset=8
            local.get $p0
            i32.const 4
            i32.add
            local.set $p0
            local.get $p1
            i32.const 1
            i32.sub
            local.tee $p1
            br_if $L0
          end)
        (export "double" (func $double)))
      "
    `);
  });

  test("repeat runs its body count times, zero included; forRange stops before its end; if takes one branch", () => {
    const { run, integers } = emittedModule((module) => {
      module.define("count", ["i32", "i32"], (f, [at, times]) => {
        const [i, sum] = [f.local("i32"), f.local("i32")];
        f.repeat(times, () => f.advance(sum, 1));
        f.forRange(i, i32.const(0), times, 3, () => f.advance(sum, 100));
        f.if(
          times,
          () => f.advance(sum, 10000),
          () => f.advance(sum, 20000),
        );
        f.push(i32.store(at, 0, sum));
      });
    });
    run("count", 0, 7);
    expect(integers[0]).toBe(10000 + 3 * 100 + 7); // 0, 3, 6
    run("count", 0, 0);
    expect(integers[0]).toBe(20000);
  });

  test("addresses above 2 GiB compare as unsigned numbers", () => {
    const { run, integers } = emittedModule((module) => {
      module.define("less", ["i32", "i32", "i32"], (f, [at, a, b]) => {
        f.push(i32.store(at, 0, i32.lessU(a, b)));
      });
    });
    run("less", 0, 0x7fffffff, 0x80000000);
    expect(integers[0]).toBe(1);
  });

  test("fma becomes two roundings without fused multiply-add; a constant is set once, before the body", () => {
    const { run, floats } = emittedModule((module) => {
      module.define("probe", ["i32"], (f, [at]) => {
        const a = f.let(v128.loadSplat(at));
        f.push(v128.storeLane(at, 0, f.fma(a, a, f.constant(-(1 + 2 ** -11))), 0));
      });
    });
    floats[0] = 1 + 2 ** -12;
    run("probe", 0);
    expect(floats[0]).toBe(0); // (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴, whose last term is rounded away
  });

  test("a call with the wrong number of values is a mistake of the emitter", () => {
    const module = new ModuleBuilder({ fma: false });
    const callee = module.define("callee", ["i32"], () => {});
    expect(() => module.define("", [], (f) => f.call(callee))).toThrowErrorMatchingInlineSnapshot(
      `[Error: bug: callee takes 1 values, got 0]`,
    );
  });
});
