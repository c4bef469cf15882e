// Matrix product C[m][n] = A[m][k] · B[k][n] (+ C), either operand stored transposed.
//
//     for (k0 = 0; k0 < k; k0 += 256)                      // depth of a panel
//       for (j0 = 0; j0 < n; j0 += 1024)
//         pack B[k0 …][j0 …] into panels [k][4·vectors]    // stays in the second-level cache
//         for (i0 = 0; i0 < m; i0 += 16·rows)
//           pack A[i0 …][k0 …] into panels [k][rows]
//           for each panel of B, for each panel of A: one register tile of C
//
// The loop nest and the packing are those of Goto and van de Geijn, "Anatomy of high-performance matrix
// multiplication", ACM TOMS 34 (2008). Packing reads either storage order, so transposes cost nothing extra.
import type { FunctionBuilder, ModuleBuilder } from "./assembler.js";
import { f32, type I32, i32 } from "./instructions.js";
import { emitPackColumns, emitPackRows } from "./pack.js";
import { emitSteps, emitStoreTile, emitUnrolled, zeroAccumulators } from "./tile.js";
import type { Tile } from "./tiles.js";

const depth = 256;
const columnBlock = 1024;
const rowPanels = 16;
const gap = 256;
// biome-ignore format: a row of equal words
const thirteen = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;

/** Bytes of workspace that the emitted `matmul` needs: one edge tile, the panels of A and of B. */
export function matmulWorkspace({ rows, vectors }: Tile): number {
  return 4 * (rows * vectors * 4 + rowPanels * rows * depth + (columnBlock + 4 * vectors) * depth) + 3 * gap;
}

/** (a, b, c, pitch of c in bytes, k, accumulate): one tile of `rows × 4·vectors` from a panel of A and a panel of B. */
export function emitMatmulTile(
  module: ModuleBuilder,
  tile: Tile,
  rows: number,
  vectors: number = tile.vectors,
): FunctionBuilder {
  return module.define(
    "",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [a, b, c, pitch, k, accumulate]) => {
      const acc = zeroAccumulators(f, rows, vectors);
      emitUnrolled(f, k, tile.unroll, (unroll) => {
        emitSteps(f, acc, { unroll, left: unroll === 1 ? "splat" : tile.left }, a, tile.rows, (u) => [
          b,
          16 * tile.vectors * u,
        ]);
        f.advance(a, 4 * tile.rows * unroll);
        f.advance(b, 16 * tile.vectors * unroll);
      });
      emitStoreTile(f, acc, c, pitch, accumulate);
    },
  );
}

/** `matmul(a, aPitch, aTransposed, b, bPitch, bTransposed, c, cPitch, m, n, k, accumulate, workspace)`; pitches in bytes. */
export function emitMatmul(module: ModuleBuilder, tile: Tile): FunctionBuilder {
  const width = 4 * tile.vectors;
  const kernels = Array.from({ length: tile.rows }, (_, i) => emitMatmulTile(module, tile, i + 1));
  const packRowsB = emitPackRows(module, width);
  const packColumnsB = emitPackColumns(module, width);
  const packRowsA = emitPackRows(module, tile.rows);
  const packColumnsA = emitPackColumns(module, tile.rows);
  return module.define("matmul", thirteen, (f, parameters) => {
    const [a, aPitch, aTransposed, b, bPitch, bTransposed, c, cPitch, m, n, k, accumulate, workspace] =
      parameters;
    const [k0, j0, i0, i, j] = [
      f.local("i32"),
      f.local("i32"),
      f.local("i32"),
      f.local("i32"),
      f.local("i32"),
    ];
    const [depthHere, columnsHere, rowEnd] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const [rows, columns, isAdding] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const [panelA, panelB, target] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const edgeTile = f.let(workspace);
    const packedA = f.let(i32.add(workspace, i32.const(4 * tile.rows * width + gap)));
    const packedB = f.let(i32.add(packedA, i32.const(4 * rowPanels * tile.rows * depth + gap)));
    const at = (base: I32, row: I32, pitch: I32, column: I32): I32 =>
      i32.add(i32.add(base, i32.mul(row, pitch)), i32.shl(column, 2));

    const packB = (): void => {
      f.set(panelB, packedB);
      f.forRange(j, j0, i32.add(j0, columnsHere), width, () => {
        f.set(columns, i32.min(i32.sub(i32.add(j0, columnsHere), j), i32.const(width)));
        f.if(
          bTransposed,
          () => f.call(packColumnsB, panelB, at(b, j, bPitch, k0), bPitch, depthHere, columns),
          () => f.call(packRowsB, panelB, at(b, k0, bPitch, j), bPitch, depthHere, columns),
        );
        f.advance(panelB, i32.mul(depthHere, i32.const(4 * width)));
      });
    };
    const packA = (): void => {
      f.set(panelA, packedA);
      f.forRange(i, i0, rowEnd, tile.rows, () => {
        f.set(rows, i32.min(i32.sub(rowEnd, i), i32.const(tile.rows)));
        f.if(
          aTransposed,
          () => f.call(packRowsA, panelA, at(a, k0, aPitch, i), aPitch, depthHere, rows),
          () => f.call(packColumnsA, panelA, at(a, i, aPitch, k0), aPitch, depthHere, rows),
        );
        f.advance(panelA, i32.mul(depthHere, i32.const(4 * tile.rows)));
      });
    };
    /** One tile, by the kernel that has as many rows; full tiles first, they are almost all. */
    const runTile = (to: I32, pitch: I32, adding: I32): void => {
      const choose = (count: number): void => {
        const kernel = kernels[count - 1];
        if (kernel === undefined) return;
        f.if(
          i32.equal(rows, i32.const(count)),
          () => f.call(kernel, panelA, panelB, to, pitch, depthHere, adding),
          () => choose(count - 1),
        );
      };
      choose(tile.rows);
    };
    /** The last columns: into the edge tile, and from there what belongs to C. */
    const runEdge = (): void => {
      runTile(edgeTile, i32.const(4 * width), i32.const(0));
      const [from, to] = [f.let(edgeTile), f.let(target)];
      const [x, y] = [f.local("i32"), f.local("i32")];
      f.repeat(rows, () => {
        f.set(x, from);
        f.set(y, to);
        f.repeat(columns, () => {
          f.if(
            isAdding,
            () => f.push(f32.store(y, 0, f32.add(f32.load(x), f32.load(y)))),
            () => f.push(f32.store(y, 0, f32.load(x))),
          );
          f.advance(x, 4);
          f.advance(y, 4);
        });
        f.advance(from, 4 * width);
        f.advance(to, cPitch);
      });
    };

    f.forRange(k0, i32.const(0), k, depth, () => {
      f.set(depthHere, i32.min(i32.sub(k, k0), i32.const(depth)));
      f.set(isAdding, i32.select(accumulate, i32.const(1), i32.equal(k0, i32.const(0))));
      f.forRange(j0, i32.const(0), n, columnBlock, () => {
        f.set(columnsHere, i32.min(i32.sub(n, j0), i32.const(columnBlock)));
        packB();
        f.forRange(i0, i32.const(0), m, rowPanels * tile.rows, () => {
          f.set(rowEnd, i32.min(i32.add(i0, i32.const(rowPanels * tile.rows)), m));
          packA();
          f.set(panelB, packedB);
          f.forRange(j, j0, i32.add(j0, columnsHere), width, () => {
            f.set(columns, i32.min(i32.sub(i32.add(j0, columnsHere), j), i32.const(width)));
            f.set(panelA, packedA);
            f.forRange(i, i0, rowEnd, tile.rows, () => {
              f.set(rows, i32.min(i32.sub(rowEnd, i), i32.const(tile.rows)));
              f.set(target, at(c, i, cPitch, j));
              f.if(i32.equal(columns, i32.const(width)), () => runTile(target, cPitch, isAdding), runEdge);
              f.advance(panelA, i32.mul(depthHere, i32.const(4 * tile.rows)));
            });
            f.advance(panelB, i32.mul(depthHere, i32.const(4 * width)));
          });
        });
      });
    });
  });
}
