import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { DivisionSummary } from '../../../../server/contract/index.ts';
import { searchDivisions } from '../../../api/divisions.ts';
import { Icon } from '../../../components/icon.tsx';
import { useAdminText } from '../admin_text.ts';
import { DivisionOption } from './division_option.tsx';
import { useLate } from './use_late.ts';

const MOST = 12;

export interface ChosenDivision {
  code: string;
  name: string;
}

interface Found {
  state: 'looking' | 'found' | 'failed';
  divisions: DivisionSummary[];
  more: number;
}

function useFound(open: boolean, q: string, within: readonly string[]): Found {
  const late = useLate(q);
  const [found, setFound] = useState<Found>({ state: 'looking', divisions: [], more: 0 });
  const areas = within.join(',');
  useEffect(() => {
    if (!open) return;
    const abort = new AbortController();
    searchDivisions(late, areas === '' ? [] : areas.split(','), MOST, abort.signal).then(
      ({ divisions, number_matched }) =>
        setFound({ state: 'found', divisions, more: number_matched - divisions.length }),
      () => {
        if (!abort.signal.aborted) setFound({ state: 'failed', divisions: [], more: 0 });
      },
    );
    return () => abort.abort();
  }, [open, late, areas]);
  return found;
}

/**
 * A division by name, pinyin, initials or code, out of `within` (codes; empty: anywhere): the combobox with a list of
 * WAI-ARIA, so that it works by finger, mouse, keyboard and ear.
 */
export function DivisionPicker(props: {
  label: string;
  within: readonly string[];
  chosen: ChosenDivision | null;
  onChoose(division: ChosenDivision | null): void;
  hint?: string;
  testId?: string;
}) {
  const { t } = useAdminText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const { state, divisions, more } = useFound(open, text ?? '', props.within);
  const marked = divisions[at];
  const choose = (division: ChosenDivision | null) => {
    props.onChoose(division === null ? null : { code: division.code, name: division.name });
    setText(null);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setOpen(true);
      if (divisions.length > 0) setAt((at + step + divisions.length) % divisions.length);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (marked !== undefined) choose(marked);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      setText(null);
    }
  };
  const said =
    state === 'failed'
      ? t('division.failed')
      : state === 'found' && divisions.length === 0
        ? t('division.nothing')
        : state === 'found' && more > 0
          ? t('division.more', { n: more })
          : '';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left all of it
    <div
      className="field division-picker"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setOpen(false);
          setText(null);
        }
      }}
    >
      <label htmlFor={id}>{props.label}</label>
      <div className="picker-field">
        <input
          ref={input}
          id={id}
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-describedby={`${id}-hint`}
          {...(open && marked !== undefined ? { 'aria-activedescendant': `${id}-${marked.code}` } : {})}
          value={text ?? (props.chosen === null ? '' : `${props.chosen.name} ${props.chosen.code}`)}
          placeholder={t('division.placeholder')}
          data-testid={props.testId}
          onFocus={(event) => event.target.select()}
          onClick={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
            setOpen(true);
          }}
        />
        {props.chosen !== null && (
          <button
            type="button"
            className="icon-button"
            aria-label={t('division.clear', { name: props.chosen.name })}
            onClick={() => {
              choose(null);
              input.current?.focus();
            }}
          >
            <Icon name="close" size={20} />
          </button>
        )}
      </div>
      <div
        id={`${id}-list`}
        className="picker-list"
        role="listbox"
        aria-label={props.label}
        hidden={!open || divisions.length === 0}
      >
        {(open ? divisions : []).map((division, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of a combobox belong to its input
          <div
            key={division.code}
            id={`${id}-${division.code}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            data-code={division.code}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(division)}
          >
            <DivisionOption division={division} />
          </div>
        ))}
      </div>
      <p className="quiet" id={`${id}-hint`} role="status">
        {open ? said : (props.hint ?? '')}
      </p>
    </div>
  );
}
