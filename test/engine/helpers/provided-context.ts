import "vitest";

/** Environments for `pulumi`, and a stack to copy, from engine-setup.mjs. */
interface EngineContext {
  readonly forPreviews: Readonly<Record<string, string>>;
  readonly forUpdates: Readonly<Record<string, string>>;
  readonly forPackFolders: Readonly<Record<string, string>>;
  readonly emptyStack: {
    readonly project: string;
    readonly name: string;
    /** The folder with its state. */
    readonly backend: string;
    readonly encryptionSalt: string;
  };
}

declare module "vitest" {
  interface ProvidedContext {
    engine: EngineContext;
  }
}
