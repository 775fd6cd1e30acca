import type { ReactNode } from 'react';

/** The page's own content: where the link past the header leads. */
export function Main(props: { className: string; children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className={props.className}>
      {props.children}
    </main>
  );
}
