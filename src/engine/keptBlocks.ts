// Blocks that are in use until nothing refers to their owner any more: parameters, optimizer state, large results.
import type { Collect } from "./collector.js";
import type { Block } from "./span.js";

interface Entry {
  readonly block: Block;
  readonly owner: WeakRef<object>;
}

/** Bytes of new blocks after which garbage is looked for: at first, and at most where little is alive. */
const FIRST_BUDGET = 32 << 20;
const LAST_BUDGET = 128 << 20;
/** Where collecting takes a larger share of the time than this, it is done less often. */
const WORTHWHILE = 0.2;

/**
 * Between tasks JavaScript tells which owners are dead. A synchronous loop gets no such moment, so it is asked for after every
 * `budget` bytes: as much as was alive the last time, at least 32 MiB, up to 128 MiB where collecting takes much of the time.
 */
export class KeptBlocks {
  private readonly entries: Set<Entry> = new Set();
  private readonly registry: FinalizationRegistry<Entry> = new FinalizationRegistry((entry) =>
    this.release(entry),
  );
  private readonly giveBack: (block: Block) => void;
  private readonly collect: Collect | null;
  private bytes = 0;
  private added = 0;
  private leastBudget = FIRST_BUDGET;
  private budget = FIRST_BUDGET;
  private collectedAt = 0;

  /** @param collect null where garbage cannot be collected on demand: blocks then return only between tasks */
  constructor(giveBack: (block: Block) => void, collect: Collect | null) {
    this.giveBack = giveBack;
    this.collect = collect;
  }

  get canCollect(): boolean {
    return this.collect !== null;
  }

  /** A second description of the block, its owner: whoever uses the block refers to it. */
  add(block: Block): Block {
    const owner = { start: block.start, bytes: block.bytes };
    const entry = { block, owner: new WeakRef(owner) };
    this.entries.add(entry);
    this.registry.register(owner, entry);
    this.bytes += block.bytes;
    this.added += block.bytes;
    return owner;
  }

  /** Whether a collection could find more than the last one. */
  get hasNew(): boolean {
    return this.added > 0 && this.canCollect;
  }

  /** Collects garbage when enough was added since the last time; when room is short, when anything was. */
  collectIfDue(isShort: boolean): void {
    if (this.added >= (isShort ? 1 : this.budget)) this.collectNow();
  }

  /** Gives back the blocks whose owners are dead. */
  private collectNow(): void {
    this.added = 0;
    if (this.collect === null) return;
    const start = performance.now();
    this.collect();
    for (const entry of this.entries) if (entry.owner.deref() === undefined) this.release(entry);
    const end = performance.now();
    const isCostly = end - start > WORTHWHILE * (end - this.collectedAt);
    this.collectedAt = end;
    if (isCostly) this.leastBudget = Math.min(this.leastBudget * 1.5, LAST_BUDGET);
    this.budget = Math.max(this.leastBudget, this.bytes);
  }

  private release(entry: Entry): void {
    if (!this.entries.delete(entry)) return;
    this.bytes -= entry.block.bytes;
    this.giveBack(entry.block);
  }
}
