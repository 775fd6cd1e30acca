import type { SizeRemark } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import { ArticleList } from './article_list.tsx';

/** How large the plot may be, beside what was drawn: said, never part of the outcome. */
export function SizeRemarks(props: { remarks: SizeRemark[] }) {
  const { t } = useText();
  if (props.remarks.length === 0) return null;
  return (
    <section className="verdict-part" data-testid="size-remarks">
      <h3>{t('sizes.title')}</h3>
      {props.remarks.map((remark) => (
        <div key={remark.id} className="rule">
          <p className="rule-text" data-exceeds={remark.exceeds}>
            <Icon name={remark.exceeds === 'none' ? 'info' : 'warning'} />
            <span>
              <strong>{remark.finding}</strong>
              <small>{remark.text}</small>
            </span>
          </p>
          <ul className="sizes">
            {remark.sizes.map((size) => (
              <li key={size.title}>
                <span>
                  {size.title}
                  {!size.applies && <small>{t('sizes.not_here')}</small>}
                </span>
                <b>{t('sizes.most', { most: size.max_m2 })}</b>
              </li>
            ))}
          </ul>
          <ArticleList articles={remark.articles} open={0} />
        </div>
      ))}
    </section>
  );
}
