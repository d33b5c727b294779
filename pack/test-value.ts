/**
 * Something that a test hands to the pack that it runs. `kubeadm-guard/pack` and `kubeadm-guard/testing` are files of their own,
 * which share no module, so that it goes by way of the process.
 */
export class TestValue {
  private readonly key: symbol;

  constructor(name: string) {
    this.key = Symbol.for(`kubeadm-guard/test-${name}`);
  }

  get(): unknown {
    return Reflect.get(globalThis, this.key);
  }

  /** Has all of the pack see the value while `run` is under way. */
  async during<T>(value: unknown, run: () => Promise<T>): Promise<T> {
    Reflect.set(globalThis, this.key, value);
    try {
      return await run();
    } finally {
      Reflect.deleteProperty(globalThis, this.key);
    }
  }
}
