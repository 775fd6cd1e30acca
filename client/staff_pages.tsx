import { lazy, Suspense } from 'react';
import type { StaffRoute } from './route.ts';
import './styles/staff.css';
import { SessionProvider } from './staff/session.tsx';
import { StaffTextProvider } from './staff/staff_text.ts';

const SignInPage = lazy(() => import('./pages/sign_in/sign_in_page.tsx'));
const SetupPage = lazy(() => import('./pages/setup/setup_page.tsx'));
const SetPasswordPage = lazy(() => import('./pages/set_password/set_password_page.tsx'));
const MePage = lazy(() => import('./pages/me/me_page.tsx'));
const PlannerPage = lazy(() => import('./pages/planner/planner_page.tsx'));
const InspectorPage = lazy(() => import('./pages/inspector/inspector_page.tsx'));
const AdminPage = lazy(() => import('./pages/admin/admin_page.tsx'));

function StaffPage({ route }: { route: StaffRoute }) {
  switch (route.page) {
    case 'sign_in':
      return <SignInPage />;
    case 'setup':
      return <SetupPage />;
    case 'set_password':
      return <SetPasswordPage />;
    case 'me':
      return <MePage />;
    case 'planner':
      return <PlannerPage />;
    case 'inspector':
      return <InspectorPage parts={route.parts} />;
    case 'admin':
      return <AdminPage parts={route.parts} />;
  }
}

/** What all pages of those with an account stand on: their texts, and who is signed in. */
export default function StaffPages(props: { route: StaffRoute }) {
  return (
    <StaffTextProvider>
      <SessionProvider>
        <Suspense fallback={<div className="page-loading" aria-busy="true" />}>
          <StaffPage route={props.route} />
        </Suspense>
      </SessionProvider>
    </StaffTextProvider>
  );
}
