import { streamBlob } from '../../git/objects.ts';
import type { ResultFile } from '../../store/read-result.ts';
import { refusal } from '../../base/errors.ts';
import type { ViewerParts } from '../parts.ts';

/** What the session of all requests answers without keeping others waiting for long. */
const smallBytes = 256 * 1024;

/** The content of a file of a result. @throws JciError (3) if it is not here. */
export async function fileBody({ repo, objects, streams }: ViewerParts, { id, size }: ResultFile): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  if (size > smallBytes) return streams.stream((take) => streamBlob(repo, id, take));
  const [blob] = await objects.read([id]);
  if (blob?.body === undefined) throw refusal('the content of this file is missing', { hint: 'git jci verify tells what else is' });
  return new Uint8Array(blob.body);
}
