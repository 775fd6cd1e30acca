import type {
  BatchDetail,
  BatchItemDetail,
  BatchList,
  BatchMap,
  Datum,
  ItemList,
  NewBatch,
} from '../../server/contract/index.ts';
import { queryString } from './query_string.ts';
import { inSession, request, requestLanguage, sendJson } from './request.ts';
import { sendForm } from './send_form.ts';

const BATCHES = '/api/overlay-batches';
const path = (id: string) => `${BATCHES}/${encodeURIComponent(id)}`;

/** What is asked of the items of a batch, as the contract's ItemFilter is written in an address. */
export type ItemQuery = Readonly<
  Partial<Record<'sort' | 'layer' | 'status' | 'township' | 'q' | 'limit' | 'offset', string | number>>
>;

/** The newest first; `before`: `next` of the page before. */
export const listBatches = (before: string | null, limit: number, signal?: AbortSignal): Promise<BatchList> =>
  request(`${BATCHES}${queryString({ before, limit })}`, signal === undefined ? {} : { signal });

export const getBatch = (id: string, signal: AbortSignal): Promise<BatchDetail> =>
  request(path(id), { signal });

export const listItems = (id: string, query: ItemQuery, signal: AbortSignal): Promise<ItemList> =>
  request(`${path(id)}/items${queryString(query)}`, { signal });

export const getItem = (id: string, index: string, signal: AbortSignal): Promise<BatchItemDetail> =>
  request(`${path(id)}/items/${encodeURIComponent(index)}`, { signal });

/**
 * The shapes of a batch (`bbox`: those there; west, south, east, north), simplified, of many a point each; what is beyond
 * the bound of one map is counted as left out.
 */
export const getBatchMap = (
  id: string,
  bbox: readonly number[] | null,
  signal: AbortSignal,
): Promise<BatchMap> => request(`${path(id)}/map${queryString({ bbox: bbox?.join(',') })}`, { signal });

export const deleteBatch = (id: string): Promise<void> => sendJson('DELETE', path(id));

/** Where the results of a batch are as a file, with headings in the language of the page. */
export const batchExport = (id: string, format: 'csv' | 'xlsx' | 'geojson'): string =>
  `${path(id)}/export${queryString({ format, lang: requestLanguage() })}`;

/** What somebody says of a file of shapes. */
export interface BatchWords {
  title: string;
  /** empty: today */
  as_of: string;
  /** null: as the file states */
  datum: Datum | null;
  /** null: the area that the server chooses */
  division_code: string | null;
}

function formOf(file: File, words: BatchWords): FormData {
  const form = new FormData();
  // fields go before the file: the server reads a form from its beginning
  form.append('title', words.title);
  if (words.as_of !== '') form.append('as_of', words.as_of);
  if (words.datum !== null) form.append('datum', words.datum);
  if (words.division_code !== null) form.append('division_code', words.division_code);
  form.append('file', file, file.name);
  return form;
}

/**
 * Sends a file of shapes. `key`: the same for the same file and words, so that a second attempt after a lost answer
 * makes no second batch. `onProgress` gets 0 to 1; an aborted one rejects with AbortError.
 */
export const postBatch = (
  file: File,
  words: BatchWords,
  key: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<NewBatch> =>
  inSession(() =>
    sendForm(BATCHES, formOf(file, words), { onProgress, headers: { 'Idempotency-Key': key }, signal }),
  );
