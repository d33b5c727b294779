import "vitest";

/** Environments for `pulumi`, from engine-setup.mjs. */
interface EngineEnvironments {
  readonly forPreviews: Readonly<Record<string, string>>;
  readonly forUpdates: Readonly<Record<string, string>>;
  readonly forPackFolders: Readonly<Record<string, string>>;
}

declare module "vitest" {
  interface ProvidedContext {
    engine: EngineEnvironments;
  }
}
