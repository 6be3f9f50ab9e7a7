import { toDisk, toRaw, type DiskPath, type RawPath } from './raw-path.ts';
import type { FileMode } from './tree-builder.ts';

/** One path of the result, before its content is known. There may be very many. */
export interface StoredItem {
  /** Where it stands in the result. */
  readonly path: RawPath;
  readonly mode: FileMode;
  /** Of a `link`, the target is what is stored, even if the mode makes it a plain file. */
  readonly kind: 'file' | 'link';
  /** The content itself, or where it is: below the output directory, or an absolute path. */
  readonly source: RawPath | Uint8Array;
  /** In bytes, when it was seen. */
  readonly size?: number;
  /** Failing to read it is an error, not a note. */
  readonly isRequired?: true;
}

/** A file of our own, at the root of the result. Unlike an artefact, it must be readable. */
export interface ExtraFile {
  readonly name: string;
  readonly content: Uint8Array | { readonly path: string };
}

export const ownItem = ({ name, content }: ExtraFile): StoredItem => ({
  path: toRaw(name),
  mode: '100644',
  kind: 'file',
  source: content instanceof Uint8Array ? content : toRaw(content.path),
  isRequired: true,
});

/** Where something is on disk. */
export const diskPath = (root: RawPath, source: RawPath): DiskPath => toDisk(source.startsWith('/') ? source : `${root}/${source}`);
