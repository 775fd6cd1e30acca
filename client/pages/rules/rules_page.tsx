import { useEffect, useMemo, useState } from 'react';
import type { Activity, RuleMatrix } from '../../../server/contract/index.ts';
import { getRules } from '../../api/rules.ts';
import { useResource } from '../../api/use_resource.ts';
import { ACTIVITIES } from '../../check/activities.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Header } from '../../components/header.tsx';
import { Icon } from '../../components/icon.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { arrange, type Choice } from '../../rules/arrange.ts';
import { articlesById } from '../../rules/cited_articles.tsx';
import { LimitList } from '../../rules/limit_list.tsx';
import { RuleFilter } from '../../rules/rule_filter.tsx';
import { RuleTable } from '../../rules/rule_table.tsx';
import { SourceList } from '../../rules/source_list.tsx';
import { useText } from '../../text/use_text.tsx';

/** `?activity=…` of the address, else the first activity. */
function initialChoice(search: string): Choice {
  const asked = new URLSearchParams(search).get('activity');
  const activity: Activity = ACTIVITIES.find((each) => each === asked) ?? 'house';
  return { activity, answer: null, outcomes: new Set(), words: '', ended: false };
}

function Matrix(props: { matrix: RuleMatrix }) {
  const { t } = useText();
  const { matrix } = props;
  const [choice, setChoice] = useState(() => initialChoice(window.location.search));
  const [marked] = useState(() => new URLSearchParams(window.location.search).get('rule'));
  const shown = useMemo(() => arrange(matrix, choice), [matrix, choice]);
  const articles = useMemo(() => articlesById(matrix.sources), [matrix]);
  const offices = useMemo(() => new Map(matrix.offices.map((office) => [office.id, office])), [matrix]);
  const activity = matrix.activities.find((each) => each.activity === choice.activity);
  const answers = new Map(activity?.questions[0]?.options.map(({ value, text }) => [value, text]));
  const tables = { articles, offices, answers, marked };
  useEffect(() => {
    if (marked !== null) document.getElementById(`rule-${marked}`)?.scrollIntoView({ block: 'center' });
  }, [marked]);
  const change = (next: Choice) => {
    window.history.replaceState(null, '', `/rules?activity=${next.activity}`);
    setChoice(next);
  };
  return (
    <>
      <p>{t('rules.lead')}</p>
      <RuleFilter matrix={matrix} choice={choice} onChange={change} />
      <div className="row rule-count">
        <p role="status" data-testid="rules-count">
          <strong>{activity?.title}</strong> {t('rules.count', { n: shown.zones.length + shown.land.length })}
        </p>
        <button type="button" className="button no-print" onClick={() => window.print()}>
          <Icon name="print" /> {t('share.print')}
        </button>
      </div>
      <LimitList limits={shown.limits} articles={articles} />
      <RuleTable title={t('rules.zones')} rows={shown.zones} {...tables} />
      <RuleTable title={t('rules.land')} rows={shown.land} {...tables} />
      <SourceList sources={shown.sources} />
      <p className="fingerprint">
        {t('rules.as_of', { as_of: matrix.as_of })}{' '}
        {t('verdict.rules_version', { version: matrix.rules_version.slice(0, 12) })}
      </p>
    </>
  );
}

/** Every rule, for whoever wants to know what an answer rests on. */
export default function RulesPage() {
  const { t, language } = useText();
  useTitle(t('rules.document_title'));
  const { resource, retry } = useResource(`rules ${language}`, getRules);
  return (
    <div className="page rules-page">
      <Header title={t('rules.title')} subtitle={t('rules.subtitle')} />
      <Main className="column wide-column">
        {resource.state === 'failed' && <FailureCard failure={resource.failure} onRetry={retry} />}
        {resource.state === 'loading' && <div className="skeleton" aria-busy="true" />}
        {resource.state === 'ready' && <Matrix matrix={resource.value} />}
      </Main>
    </div>
  );
}
