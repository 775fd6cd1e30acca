import { useEffect, useMemo, useRef } from 'react';
import type { BatchDetail } from '../../../server/contract/index.ts';
import { listItems } from '../../api/batches.ts';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { itemQuery, type ListParams, standing } from '../../inspector/item_query.ts';
import { firstBeside, type Neighbour, neighbours } from '../../inspector/neighbours.ts';
import { navigate } from '../../route.ts';
import { useInspectorText } from './inspector_text.ts';
import { itemAddress, listAddress } from './item_address.ts';
import { useKept } from './use_kept.ts';

const BESIDE = 3;
/** Where keys have a meaning of their own, and where only arrows have one. */
const OWN_KEYS = 'input, select, textarea, [contenteditable], dialog';
const OWN_ARROWS = '[role=tab], .maplibregl-map';

/** Back to the list, and to the records before and after in it: by links, by ← and →, by Escape. */
export function ItemSteps(props: { batch: BatchDetail; index: number; first: string; params: ListParams }) {
  const { t, language } = useInspectorText();
  const { batch, index, first } = props;
  const own = useMemo(
    () => standing(props.params, new URLSearchParams(window.location.search).get('at'), index),
    [props.params, index],
  );
  const from = firstBeside(own.at);
  const query = itemQuery(own.params, first, { limit: BESIDE, offset: from });
  const kept = useKept(`beside ${batch.id} ${index} ${JSON.stringify(query)} ${language}`, (signal) =>
    listItems(batch.id, query, signal),
  );
  const beside = neighbours(kept.value?.items ?? [], from, index);
  const addressOf = (to: Neighbour | null) =>
    to === null ? null : itemAddress(batch.id, to.index, props.params, own.listed ? to.at : null);
  const before = addressOf(beside.before);
  const after = addressOf(beside.after);
  const back = listAddress(batch.id, props.params);
  const keys = useRef<Record<string, string | null>>({});
  keys.current = { ArrowLeft: before, ArrowRight: after, Escape: back };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const own = event.key === 'Escape' ? OWN_KEYS : `${OWN_KEYS}, ${OWN_ARROWS}`;
      if (event.target instanceof Element && event.target.closest(own) !== null) return;
      if (document.querySelector('dialog[open], [role=dialog]') !== null) return;
      const to = keys.current[event.key];
      if (to === null || to === undefined) return;
      event.preventDefault();
      navigate(to);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const step = (to: string | null, words: 'steps.before' | 'steps.after', testId: string) =>
    to === null ? (
      <span className="button" aria-disabled="true">
        {t(words)}
      </span>
    ) : (
      <Link href={to} className="button" testId={testId}>
        {t(words)}
      </Link>
    );
  return (
    <nav className="item-steps no-print" aria-label={t('steps.label')}>
      <Link href={back} className="back-link" testId="to-list">
        <Icon name="back" size={20} /> {t('steps.list')}
      </Link>
      <div className="row">
        {step(before, 'steps.before', 'item-before')}
        {step(after, 'steps.after', 'item-after')}
      </div>
      <p className="quiet only-keys">{t('steps.keys')}</p>
    </nav>
  );
}
