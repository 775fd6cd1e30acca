import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { type AdminT, type AnyAdminKey, useAdminText } from '../admin_text.ts';
import { type Difference, differences, merge, type Side } from './conflict.ts';
import type { Draft } from './draft.ts';

function sideWords(difference: Difference, draft: Draft, side: Side, t: AdminT): string {
  switch (difference.kind) {
    case 'name':
      return draft.name;
    case 'office':
      return draft.office === null ? t('conflict.none') : `${draft.office.name} ${draft.office.code}`;
    case 'active':
      return t(draft.active ? 'person.active' : 'person.inactive');
    case 'role':
      return t(difference.has === side ? 'conflict.has_role' : 'conflict.has_not_role');
  }
}

function titleOf(difference: Difference, t: AdminT): string {
  if (difference.kind !== 'role') return t(`conflict.${difference.kind}` as AnyAdminKey);
  const { role, division_name } = difference.assignment;
  return t('role.in', { role: t(`role.${role}`), area: division_name });
}

/**
 * Two people have changed the same person: both versions side by side, to be decided one by one. What only one of them
 * changed is proposed, what both did waits for a decision; nothing is written over unseen.
 */
export function ConflictPanel(props: {
  base: Draft;
  mine: Draft;
  theirs: Draft;
  onDecide(merged: Draft): void;
  onDrop(): void;
}) {
  const { t } = useAdminText();
  const id = useId();
  const { base, mine, theirs } = props;
  const found = useMemo(() => differences(base, mine, theirs), [base, mine, theirs]);
  const [choice, setChoice] = useState(
    () =>
      new Map(
        found.flatMap(({ key, changed_by }) => (changed_by === null ? [] : [[key, changed_by] as const])),
      ),
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const open = found.filter(({ key }) => !choice.has(key)).length;
  return (
    <section className="card conflict" aria-labelledby={`${id}-title`} data-testid="conflict">
      <h2 id={`${id}-title`} ref={heading} tabIndex={-1} className="failure-title">
        <Icon name="warning" /> {t('conflict.title')}
      </h2>
      <p>{t('conflict.text')}</p>
      {found.map((difference) => (
        <fieldset key={difference.key} className="conflict-field">
          <legend>{titleOf(difference, t)}</legend>
          {difference.changed_by === null && <p className="quiet">{t('conflict.both')}</p>}
          <div className="conflict-sides">
            {(['mine', 'theirs'] as const).map((side) => (
              <label key={side} className="conflict-side">
                <input
                  type="radio"
                  name={`${id}-${difference.key}`}
                  checked={choice.get(difference.key) === side}
                  data-testid={`conflict-${difference.kind}-${side}`}
                  onChange={() => setChoice(new Map(choice).set(difference.key, side))}
                />
                <span>
                  <small>{t(`conflict.${side}`)}</small>
                  {sideWords(difference, side === 'mine' ? mine : theirs, side, t)}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {open > 0 && <p role="status">{t('conflict.open', { n: open })}</p>}
      <div className="row">
        <button type="button" className="button" onClick={props.onDrop} data-testid="conflict-drop">
          {t('conflict.drop')}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={open > 0}
          onClick={() => props.onDecide(merge(mine, theirs, found, choice))}
          data-testid="conflict-save"
        >
          {t('conflict.save')}
        </button>
      </div>
    </section>
  );
}
