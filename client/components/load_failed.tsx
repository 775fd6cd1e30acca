import { Component, type ReactNode } from 'react';
import { useText } from '../text/use_text.tsx';
import { FailureCard } from './failure_card.tsx';
import { Header } from './header.tsx';
import { Main } from './main.tsx';

/** In the place of a page whose program or texts did not arrive. */
export function LoadFailed(props: { onRetry: () => void }) {
  const { t } = useText();
  return (
    <div className="page">
      <Header title={t('failure.network.title')} />
      <Main className="column">
        <FailureCard failure={{ kind: 'network' }} onRetry={props.onRetry} />
      </Main>
    </div>
  );
}

/** A part of the client that cannot be fetched (no network, or a new version has replaced it) does not leave a blank page. */
export class LoadBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(error: unknown) {
    const message = error instanceof Error ? error.message : '';
    // browsers each say it in their own words; whatever else is thrown is a fault of ours and stays one
    if (!/dynamically imported module|module script failed|preload CSS/i.test(message)) throw error;
    return { failed: true };
  }

  override render() {
    // a browser remembers that an import failed: only loading the page anew asks again
    return this.state.failed ? <LoadFailed onRetry={() => window.location.reload()} /> : this.props.children;
  }
}
