import type { FileMode } from './tree-builder.ts';
import type { RawPath } from './raw-path.ts';

/** Where the bytes of a blob come from. A link gives its target. */
export type BlobSource =
  | { readonly kind: 'file' | 'link'; readonly path: Buffer }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** One path of the result, before its content is known. */
export interface StoredItem {
  readonly path: RawPath;
  readonly mode: FileMode;
  readonly source: BlobSource;
  /** Failing to read it is an error, not a note. */
  readonly isRequired: boolean;
}
