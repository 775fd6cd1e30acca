import type { KeyboardEvent, RefObject } from 'react';
import type { VillageList } from '../../../server/contract/index.ts';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { pathText } from '../../text/place_names.ts';
import { useText } from '../../text/use_text.tsx';

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (at < 0) return;
  event.preventDefault();
  const next = at + (event.key === 'ArrowDown' ? 1 : -1);
  if (next < 0) document.getElementById('village-search')?.focus();
  else links[next]?.focus();
}

/** Found villages, each with its path, since many share a name. */
export function VillageResults(props: {
  list: VillageList;
  query: string;
  /** the list is of those around a position, the nearest first */
  near: boolean;
  listRef: RefObject<HTMLUListElement | null>;
}) {
  const { t, language } = useText();
  const { number_matched } = props.list;
  const withLand = props.list.villages.filter((village) => village.has_land);
  const villages = !props.near && props.query === '' && withLand.length > 0 ? withLand : props.list.villages;
  const more = number_matched - villages.length;
  if (villages.length === 0) {
    return props.near ? (
      <p className="card empty" role="status" data-testid="no-villages">
        {t('stand.nobody')}
      </p>
    ) : (
      <div className="card empty" role="status" data-testid="no-villages">
        <p>{t('home.nothing', { query: props.query })}</p>
        <p className="quiet">{t('home.nothing_hint')}</p>
      </div>
    );
  }
  const title = props.near
    ? t('home.near.found')
    : props.query === ''
      ? t('home.demonstration')
      : t('home.found', { n: number_matched });
  return (
    <section>
      <h2 className="list-title">{title}</h2>
      <p role="status" className="visually-hidden">
        {title}
      </p>
      <ul className="village-list" ref={props.listRef} onKeyDown={moveFocus} data-testid="village-list">
        {villages.map((village) => (
          <li key={village.code}>
            <Link href={`/v/${village.code}`} testId={`village-${village.code}`}>
              <span>
                <strong>{village.name}</strong>
                <small>{pathText(village, language)}</small>
              </span>
              {village.has_land ? (
                <span className="tag tag-land">{t('home.has_land')}</span>
              ) : (
                <span className="tag">{t('home.no_land')}</span>
              )}
              <Icon name="next" />
            </Link>
          </li>
        ))}
      </ul>
      {more > 0 && !props.near && (
        <p className="quiet">{t(props.query === '' ? 'home.others' : 'home.more', { n: more })}</p>
      )}
    </section>
  );
}
