import { useState } from 'react';
import type { Me } from '../../../server/contract/index.ts';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { DeleteAccount } from './delete_account.tsx';

/** What is kept of oneself: to read, to take along, to have removed. */
export function DataCard({ me }: { me: Me }) {
  const { t } = useStaffText();
  const [deleting, setDeleting] = useState(false);
  return (
    <section className="card" aria-labelledby="my-data" data-testid="data-card">
      <h2 id="my-data">{t('data.title')}</h2>
      <p>{t('data.text')}</p>
      <div className="row">
        <a className="button" href="/api/me/data" download="cunma-my-data.json" data-testid="export">
          <Icon name="download" /> {t('data.export')}
        </a>
        <Link href="/privacy" className="button">
          <Icon name="info" /> {t('data.privacy')}
        </Link>
      </div>
      {!me.account.demonstration && !deleting && (
        <button
          type="button"
          className="button danger-quiet"
          onClick={() => setDeleting(true)}
          data-testid="delete-account"
        >
          <Icon name="trash" /> {t('delete.begin')}
        </button>
      )}
      {deleting && <DeleteAccount me={me} onCancel={() => setDeleting(false)} />}
    </section>
  );
}
