import { useEffect, useRef } from 'react';
import { AreaLine } from '../components/area_line.tsx';
import { FailureCard } from '../components/failure_card.tsx';
import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import { VerdictCard } from '../verdict/verdict_card.tsx';
import { withoutOutcome } from '../verdict/verdict_head.tsx';
import type { WorkShape } from './shapes.ts';
import type { Bench } from './use_workspace.ts';
import type { Outcome } from './workspace.ts';

export interface Colours {
  zones: ReadonlyMap<string, string>;
  classes: ReadonlyMap<string, string>;
}

function OneResult(props: {
  shape: WorkShape;
  outcome: Outcome;
  bench: Bench;
  colours: Colours;
  onShowPlace?: ((position: [number, number]) => void) | undefined;
}) {
  const { t } = useText();
  const { outcome, bench, onShowPlace } = props;
  if (outcome.state === 'checking') {
    return (
      <div className="card checking" role="status">
        <span className="spinner" aria-hidden="true" /> {t('check.checking')}
      </div>
    );
  }
  if (outcome.state === 'refused') {
    const position = outcome.failure.kind === 'problem' ? outcome.failure.problem.where?.position : undefined;
    return (
      <FailureCard
        failure={outcome.failure}
        onRetry={() => void bench.check()}
        {...(position !== undefined && onShowPlace !== undefined
          ? { onShowPlace: () => onShowPlace(position) }
          : {})}
      />
    );
  }
  return (
    <VerdictCard
      answer={outcome.answer}
      zoneColours={props.colours.zones}
      classColours={props.colours.classes}
      opened={false}
      accuracy_m={props.shape.accuracy_m ?? bench.work.accuracy_m}
      onAnswer={(detail, value) => void bench.answer(detail, value)}
    />
  );
}

/** What came of each shape: one stands open, several fold. */
export function Results(props: {
  bench: Bench;
  colours: Colours;
  onShowPlace?: ((position: [number, number]) => void) | undefined;
}) {
  const { t } = useText();
  const { work } = props.bench;
  const place = useRef<HTMLDivElement>(null);
  /** an answer in one sentence: a screen reader is not to recite the whole of it */
  const spoken = (outcome: Outcome) =>
    outcome.state === 'answered'
      ? `${t('verdict.title')}: ${outcome.answer.headline}`
      : outcome.state === 'refused'
        ? t('check.refused')
        : '';
  const shown = work.shapes.flatMap((shape, i) => {
    const outcome = work.outcomes[shape.id];
    return outcome === undefined ? [] : [{ shape, outcome, n: i + 1 }];
  });
  const started = shown.length > 0;
  const checking = shown.some(({ outcome }) => outcome.state === 'checking');
  const phase = !started ? 'none' : checking ? 'checking' : 'settled';
  useEffect(() => {
    if (phase === 'none') return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    place.current?.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
  }, [phase]);
  return (
    <>
      <p role="status" className="visually-hidden" data-testid="announced">
        {phase === 'settled' && shown.map(({ outcome }) => spoken(outcome)).join(' ')}
      </p>
      {phase !== 'none' && (
        <div className="results" ref={place} data-testid="results">
          {shown.length === 1
            ? shown.map(({ shape, outcome }) => (
                <OneResult key={shape.id} {...props} shape={shape} outcome={outcome} />
              ))
            : shown.map(({ shape, outcome, n }) => (
                <details key={shape.id} className="result-row" data-testid={`result-${shape.id}`}>
                  <summary>
                    <span className="result-name">
                      <strong>{shape.name === '' ? t('upload.unnamed', { n }) : shape.name}</strong>
                      <span
                        className={
                          outcome.state === 'answered'
                            ? `outcome-tag outcome-${outcome.answer.outcome}`
                            : 'tag'
                        }
                      >
                        {outcome.state === 'answered'
                          ? t(`outcome.${outcome.answer.outcome}`)
                          : t(outcome.state === 'checking' ? 'check.checking' : 'check.refused')}
                      </span>
                      {outcome.state === 'answered' && (
                        <small>
                          <AreaLine
                            area_m2={outcome.answer.area_m2}
                            area_mu={outcome.answer.area_mu}
                            official
                          />
                          <span className="result-fact">
                            {withoutOutcome(outcome.answer.headline, t(`outcome.${outcome.answer.outcome}`))}
                          </span>
                        </small>
                      )}
                    </span>
                    <Icon name="down" />
                  </summary>
                  <OneResult {...props} shape={shape} outcome={outcome} />
                </details>
              ))}
        </div>
      )}
    </>
  );
}
