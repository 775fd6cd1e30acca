import type { ReactNode } from 'react';
import { DemoNotice } from '../../components/demo_notice.tsx';
import { Main } from '../../components/main.tsx';
import { StaffHeader } from '../../staff/staff_header.tsx';
import { useInspectorText } from './inspector_text.ts';

/** Head and body of a batch page; `demonstration`: the land is not real. */
export function InspectorShell(props: {
  title: string;
  className: string;
  demonstration?: boolean;
  children: ReactNode;
}) {
  const { t } = useInspectorText();
  return (
    <div className="page admin-page inspector">
      <StaffHeader title={props.title} />
      {props.demonstration === true && (
        <section aria-label={t('demo.label')}>
          <DemoNotice />
        </section>
      )}
      <Main className={props.className}>{props.children}</Main>
    </div>
  );
}
