import type { ReactNode } from 'react';
import { PageFoot } from './page_foot.tsx';

/** The page's own content, where the link past the header leads; below it what stands under every page. */
export function Main(props: { className: string; children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className={props.className}>
      {props.children}
      <PageFoot />
    </main>
  );
}
