import type { ReactNode } from 'react';

/** Nothing to list: says so, and what to do. */
export function Empty(props: { title: string; hint: string; children?: ReactNode }) {
  return (
    <div className="card empty" data-testid="empty">
      <p className="empty-title">{props.title}</p>
      <p className="quiet">{props.hint}</p>
      {props.children}
    </div>
  );
}
