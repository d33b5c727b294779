import type { ReportViolation } from "@pulumi/policy";
import { forgetSecrets } from "./listen-for-secrets";
import { type Pack, Run } from "./run";

/** The runs that one process of a pack serves, one after the other. Each has a state and a time of its own. */
export class Runs {
  private underWay: Run | undefined;

  constructor(
    private readonly pack: Pack,
    private readonly clock: () => Date,
  ) {}

  /** The run that is under way. The first question of the engine begins it. */
  get current(): Run {
    this.underWay ??= new Run(this.pack, this.clock());
    return this.underWay;
  }

  /** Whether a policy was called in this run, and so the stack has been read. */
  get haveSeenTheStack(): boolean {
    return this.underWay?.hasSeenTheStack === true;
  }

  /** Called last: closes the run. What the engine asks next is another one, which knows nothing of this one. */
  async finish(report: ReportViolation): Promise<void> {
    const { current } = this;
    this.underWay = undefined;
    await current.finish(report);
    forgetSecrets();
  }
}
