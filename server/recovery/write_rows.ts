import type { ArchiveWriter } from './archive_writer.ts';
import type { Table } from './catalogue_queries.ts';
import { MAX_SLICE_ROWS, ROWS_MEMBER_BYTES, SLICE_BYTES } from './limits.ts';
import { rowsMember } from './member_names.ts';
import { RowDigest } from './row_digest.ts';
import { keptColumns, type Row, type Slice } from './row_queries.ts';

/** Where rows of a table go: lines of JSON, in members of about a megabyte. */
export class TableRows {
  readonly digest = new RowDigest();
  #lines: string[] = [];
  #bytes = 0;
  #part = 0;

  constructor(
    readonly table: Table,
    private readonly writer: ArchiveWriter,
  ) {}

  async add(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      const line = JSON.stringify(row);
      this.digest.add(line);
      this.#lines.push(line);
      this.#bytes += line.length;
      if (this.#bytes >= ROWS_MEMBER_BYTES) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(`${this.#lines.join('\n')}\n`, 'utf8');
    this.#lines = [];
    this.#bytes = 0;
    await this.writer.add(rowsMember(this.table.name, this.#part++), bytes);
  }

  get columns(): string[] {
    return keptColumns(this.table).map(({ name }) => name);
  }
}

/** Reads a table slice by slice, each about as large as {@link SLICE_BYTES}; `read` gives the rows after a key. */
export async function* slices(
  read: (last: string[] | null, limit: number) => Promise<Slice>,
): AsyncGenerator<Row[]> {
  let last: string[] | null = null;
  let limit = 100;
  for (;;) {
    const slice: Slice = await read(last, limit);
    if (slice.rows.length > 0) yield slice.rows;
    if (slice.rows.length < limit) return;
    last = slice.last;
    limit = nextLimit(slice.rows);
  }
}

/** So many rows as would have made {@link SLICE_BYTES}, were they like these. */
export function nextLimit(rows: readonly Row[]): number {
  const bytes = rows.reduce(
    (sum, row) => sum + row.reduce((size, value) => size + (value?.length ?? 4), 0),
    0,
  );
  return Math.max(1, Math.min(MAX_SLICE_ROWS, Math.floor((SLICE_BYTES * rows.length) / Math.max(1, bytes))));
}
