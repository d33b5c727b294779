/** What reading may cost: steps of work, and bytes that are held in memory. */
export interface Cost {
  readonly steps: number;
  readonly bytes: number;
}

/** For a resource: many times what the largest real machine needs. */
const RESOURCE: Cost = { steps: 60_000, bytes: 8 * 1024 * 1024 };
/** For all resources of a stack together: seconds, and no more memory than the engine takes itself. */
const STACK: Cost = { steps: 2_000_000, bytes: 96 * 1024 * 1024 };

/**
 * Bounds what reading a resource, and all of a stack, may cost. It counts work and never the time, so that the same stack
 * has the same outcome on every machine. What exceeds it is undecided.
 */
export class Budget {
  private steps: number;
  private bytes: number;

  private constructor(
    cost: Cost,
    private readonly whole?: Budget,
  ) {
    this.steps = cost.steps;
    this.bytes = cost.bytes;
  }

  static ofStack(): Budget {
    return new Budget(STACK);
  }

  /** The budget of one resource, which is part of this one. */
  ofResource(): Budget {
    return new Budget(RESOURCE, this);
  }

  /** Takes the steps; false where there are not that many left, and then for all that follows as well. */
  takeSteps(count: number): boolean {
    this.steps -= count;
    const whole = this.whole === undefined || this.whole.takeSteps(count);
    return whole && this.steps >= 0;
  }

  /** Takes the bytes, as takeSteps takes steps. */
  takeBytes(count: number): boolean {
    this.bytes -= count;
    const whole = this.whole === undefined || this.whole.takeBytes(count);
    return whole && this.bytes >= 0;
  }

  /** How many bytes may still be taken. */
  get bytesLeft(): number {
    return Math.max(0, Math.min(this.bytes, this.whole?.bytesLeft ?? this.bytes));
  }
}
