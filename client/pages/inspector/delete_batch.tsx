import { useState } from 'react';
import type { BatchDetail } from '../../../server/contract/index.ts';
import { deleteBatch } from '../../api/batches.ts';
import { Icon } from '../../components/icon.tsx';
import { navigate } from '../../route.ts';
import { ConfirmDialog } from '../admin/parts/confirm_dialog.tsx';
import { useSay } from '../admin/parts/notice.tsx';
import { useInspectorText } from './inspector_text.ts';

/** Removes a batch with its results, after a word has been typed. */
export function DeleteBatch({ batch }: { batch: BatchDetail }) {
  const { t } = useInspectorText();
  const say = useSay();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button danger-quiet"
        onClick={() => setAsking(true)}
        data-testid="delete-batch"
      >
        <Icon name="trash" size={20} /> {t('delete.action')}
      </button>
      {asking && (
        <ConfirmDialog
          title={t('delete.ask', { title: batch.title })}
          action={t('delete.action')}
          typed={t('delete.word')}
          onConfirm={async () => {
            await deleteBatch(batch.id);
            say(t('delete.done', { title: batch.title }));
            navigate('/inspector', { replace: true });
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('delete.text', { n: batch.counts.shapes })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
