import type { ReactNode } from 'react';

export interface Column<R> {
  key: string;
  title: string;
  cell(row: R): ReactNode;
  /** figures stand to the right */
  figure?: boolean;
}

/**
 * A table on a desk, a card for each row on a phone; the first column names the row. The roles are written out because
 * browsers forget them where a row is laid out as a card.
 */
export function DataTable<R>(props: {
  caption: string;
  columns: Column<R>[];
  rows: readonly R[];
  rowKey(row: R): string;
  marked?: (row: R) => boolean;
  testId?: string;
}) {
  const { columns, rows } = props;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <table className="data-table" role="table" data-testid={props.testId}>
      <caption className="visually-hidden">{props.caption}</caption>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <thead role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tr role="row">
          {columns.map(({ key, title, figure }) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above
            <th key={key} role="columnheader" scope="col" className={figure ? 'figure-cell' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <tbody role="rowgroup">
        {rows.map((row) => (
          // biome-ignore lint/a11y/noRedundantRoles: see above
          <tr key={props.rowKey(row)} role="row" className={props.marked?.(row) ? 'is-marked' : undefined}>
            {columns.map((column, i) =>
              i === 0 ? (
                // biome-ignore lint/a11y/noRedundantRoles: see above
                <th key={column.key} role="rowheader" scope="row">
                  {column.cell(row)}
                </th>
              ) : (
                // biome-ignore lint/a11y/noRedundantRoles: see above
                <td key={column.key} role="cell" className={column.figure ? 'figure-cell' : undefined}>
                  <span className="cell-label" aria-hidden="true">
                    {column.title}
                  </span>
                  <div>{column.cell(row)}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
