/** What is known to be secret by now, for what is no part of the log: reports and artefacts. */
export interface KnownSecrets {
  /** Hides every secret in a text: a test message, a title. */
  redact(text: string): string;
  /** Whether any secret stands in these bytes. */
  occurIn(bytes: Buffer): boolean;
  /** The most bytes that one can take, however it is escaped, 0 if there is none: who searches piece by piece lets pieces overlap by one less. */
  longestBytes(): number;
  /** False for a run of a dead git jci that knew others too: what was not masked as it was written must not be stored or shown. */
  readonly areAll: boolean;
}
