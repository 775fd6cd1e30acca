import { useState } from 'react';
import { getBatch } from '../../api/batches.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { useTitle } from '../../components/use_title.ts';
import { LIST_PARAMS } from '../../inspector/item_query.ts';
import { useAddress } from '../admin/use_address.ts';
import { BatchHead } from './batch_head.tsx';
import { BatchResults } from './batch_results.tsx';
import { InspectorShell } from './inspector_shell.tsx';
import { useInspectorText } from './inspector_text.ts';
import { RemarkList } from './remark_list.tsx';
import { useBatchLive, useRound } from './use_batch_live.ts';
import { useKept } from './use_kept.ts';

/** One batch: how far it is, what has no result, its results beside their map; or one record of it. */
export function BatchPage(props: { id: string; index: number | null }) {
  const { t, language } = useInspectorText();
  const { id, index } = props;
  const [round, refresh] = useRound();
  const list = useAddress(LIST_PARAMS);
  const kept = useKept(`batch ${id} ${language} ${round}`, (signal) => getBatch(id, signal));
  const batch = kept.value;
  const job = useBatchLive(batch, language, refresh);
  // the record that was open last: where the eye comes back to
  const [last, setLast] = useState<number | null>(null);
  if (index !== null && index !== last) setLast(index);
  const title = batch?.title ?? t('inspector.title');
  useTitle(t('inspector.document_title', { page: title }));
  return (
    <InspectorShell
      title={title}
      className="column batch-column"
      demonstration={batch?.versions.some(({ demonstration }) => demonstration) === true}
    >
      {index === null && (
        <Link href="/inspector" className="back-link no-print" testId="to-batches">
          <Icon name="back" size={20} /> {t('batches.back')}
        </Link>
      )}
      {kept.failure !== null && (
        <FailureCard
          failure={kept.failure}
          onRetry={kept.retry}
          back={{ href: '/inspector', title: t('batches.back') }}
        />
      )}
      {batch === null && kept.failure === null && (
        <div className="skeleton" role="status" aria-busy="true" aria-label={t('batch.loading')} />
      )}
      {batch !== null && (
        <>
          {index === null && (
            <div className="batch-top">
              <BatchHead batch={batch} job={job} onChanged={refresh} />
              <RemarkList batch={batch} />
            </div>
          )}
          <BatchResults batch={batch} index={index} last={last} round={round} list={list} />
        </>
      )}
    </InspectorShell>
  );
}
