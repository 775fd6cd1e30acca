import '../../styles/planner.css';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { useProposal } from '../../planner/use_proposal.ts';
import { RequireSession } from '../../staff/require_session.tsx';
import { useMe } from '../../staff/session.tsx';
import { StaffHeader } from '../../staff/staff_header.tsx';
import { PlannerTextProvider, usePlannerText } from './planner_text.ts';
import { PlannerWorkspace } from './planner_workspace.tsx';

function Workplace() {
  const { t } = usePlannerText();
  const me = useMe();
  const desk = useProposal(String(me.account.id));
  return (
    <div className="page workspace planner">
      <StaffHeader title={t('planner.title')} subtitle={me.account.division_name} />
      {desk.ready ? (
        <PlannerWorkspace desk={desk} />
      ) : (
        <Main className="column">
          <div className="skeleton" aria-busy="true" />
        </Main>
      )}
    </div>
  );
}

function Page() {
  const { t } = usePlannerText();
  useTitle(t('planner.document_title'));
  return (
    <RequireSession title={t('planner.title')} rights={['overlays.run']}>
      <Workplace />
    </RequireSession>
  );
}

/** A proposal of several parcels: drawn or uploaded, overlaid, its conflicts and areas beside the map. */
export default function PlannerPage() {
  return (
    <PlannerTextProvider>
      <Page />
    </PlannerTextProvider>
  );
}
