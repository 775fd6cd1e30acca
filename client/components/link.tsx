import type { ReactNode } from 'react';
import { navigate } from '../route.ts';

/** A link inside the client: an ordinary anchor that does not reload the page on an ordinary click. */
export function Link(props: {
  href: string;
  className?: string;
  testId?: string;
  /** the page that is shown */
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <a
      href={props.href}
      {...(props.className === undefined ? {} : { className: props.className })}
      {...(props.testId === undefined ? {} : { 'data-testid': props.testId })}
      {...(props.current === true ? { 'aria-current': 'page' as const } : {})}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        navigate(props.href);
      }}
    >
      {props.children}
    </a>
  );
}
