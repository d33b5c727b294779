/** An error in the words in which Go prints it. Thrown by the readers of this folder, caught by `attempt`. */
export class GoError extends Error {
  override readonly name = "GoError";
}

/** What a reader made of its input: its value, or the error that Go would print. */
export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** Stops reading with Go's error; made for the right-hand side of `??`. */
export function fail(text: string): never {
  throw new GoError(text);
}

/** Runs a reader; its Go error becomes a value, anything else is a fault of ours and goes on. */
export function attempt<T>(read: () => T): Attempt<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof GoError) return { ok: false, error: error.message };
    throw error;
  }
}
