import type { BatchItem } from '../../../server/contract/index.ts';
import type { ItemView } from '../../inspector/item_view.ts';
import { useInspectorText } from './inspector_text.ts';
import { areaWords, titles } from './item_words.ts';

/** The strongest hit of a shape, then what could not be looked up: that never reads like "nothing found". */
export function ItemOutcome(props: { item: BatchItem; view: ItemView; first: string }) {
  const { t } = useInspectorText();
  const { item, view } = props;
  if (item.status === 'waiting') return <span className="tag">{t('over_all.waiting')}</span>;
  if (item.status === 'remark')
    return (
      <>
        <span className="tag tag-warning">{t('over_all.remark')}</span>
        {item.remark !== null && <small>{item.remark.message}</small>}
      </>
    );
  const [strongest, ...others] = view.met;
  return (
    <>
      {strongest !== undefined && (
        <p>
          <b>{strongest.layer.title}</b>{' '}
          {strongest.layer.layer !== props.first && (
            <span className="figure-line">{areaWords(strongest.area_m2, t)}</span>
          )}
          {others.length > 0 && (
            <small>
              {t('item.others', {
                n: others.length,
                layers: titles(
                  others.map(({ layer }) => layer),
                  t,
                ),
              })}
            </small>
          )}
        </p>
      )}
      {view.failed.length > 0 && (
        <p className="item-open">
          <span className="tag tag-failed">{t('item.failed', { n: view.failed.length })}</span>
          <small>{titles(view.failed, t)}</small>
        </p>
      )}
      {view.no_data.length > 0 && (
        <p className="item-open">
          <span className="tag tag-no_data">{t('item.no_data', { n: view.no_data.length })}</span>
          <small>{titles(view.no_data, t)}</small>
        </p>
      )}
      {view.met.length === 0 && view.failed.length === 0 && view.no_data.length === 0 && (
        <span className="tag tag-not_affected">{t('over_all.not_affected')}</span>
      )}
      {view.met.length === 0 && view.failed.length + view.no_data.length > 0 && (
        <small>{t('item.rest_clear')}</small>
      )}
    </>
  );
}
