import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { useAdminText } from '../admin_text.ts';

interface Said {
  text: string;
  undo: (() => void) | null;
  /** the same sentence said twice must be heard twice */
  count: number;
}
/** Says what was done, with a way back where there is one. */
export type Say = (text: string, undo?: () => void) => void;

const NoticeContext = createContext<Say>(() => undefined);
export const useSay = () => useContext(NoticeContext);

/**
 * The sentence at the foot of the page, heard by a screen reader; it stays until the next or until it is closed.
 * `above`: before the page instead, where it takes room of its own and covers nothing.
 */
export function NoticeProvider(props: { children: ReactNode; above?: boolean }) {
  const { t } = useAdminText();
  const [said, setSaid] = useState<Said | null>(null);
  const say = useMemo<Say>(
    () => (text, undo) =>
      setSaid((before) => ({ text, undo: undo ?? null, count: (before?.count ?? 0) + 1 })),
    [],
  );
  return (
    <NoticeContext value={say}>
      {props.above !== true && props.children}
      <div
        className={`undo-bar no-print ${props.above === true ? 'is-above' : ''}`}
        role="status"
        data-testid="notice"
      >
        {said !== null && said.text !== '' && (
          <div className="undo-card" key={said.count}>
            <Icon name="check" />
            <p>{said.text}</p>
            {said.undo !== null && (
              <button
                type="button"
                className="undo-button"
                data-testid="undo"
                onClick={() => {
                  said.undo?.();
                  setSaid({ ...said, text: '', undo: null });
                }}
              >
                {t('admin.undo')}
              </button>
            )}
            <button
              type="button"
              className="icon-button"
              aria-label={t('admin.close')}
              onClick={() => setSaid({ ...said, text: '', undo: null })}
            >
              <Icon name="close" />
            </button>
          </div>
        )}
      </div>
      {props.above === true && props.children}
    </NoticeContext>
  );
}
