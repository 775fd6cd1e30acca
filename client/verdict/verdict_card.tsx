import type { ReactNode } from 'react';
import type { CheckAnswer } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import { Link } from '../components/link.tsx';
import { day, moment } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';
import { AffectedZones } from './affected_zones.tsx';
import { Certainties } from './certainties.tsx';
import { LandUseShares } from './land_use_shares.tsx';
import { LayerTable } from './layer_table.tsx';
import { OfficeLine } from './office_line.tsx';
import { Questions } from './questions.tsx';
import { RuleText } from './rule_text.tsx';
import { ShareRow } from './share_row.tsx';
import { SizeRemarks } from './size_remarks.tsx';
import { decidingRule, furtherRules, offices, sortLayers } from './sort_layers.ts';
import { Unanswered } from './unanswered.tsx';
import { VerdictHead } from './verdict_head.tsx';

/** The whole answer to a check, the most important first. */
export function VerdictCard(props: {
  answer: CheckAnswer;
  zoneColours: ReadonlyMap<string, string>;
  classColours: ReadonlyMap<string, string>;
  opened: boolean;
  /** of the place that was asked about, m; null: not known here */
  accuracy_m?: number | null;
  onAnswer?: ((detail: string, value: string) => void) | undefined;
  /** what can be done about it, below whom to ask */
  children?: ReactNode;
}) {
  const { t, language } = useText();
  const { answer } = props;
  const layers = sortLayers(answer);
  const deciding = decidingRule(answer);
  const further = furtherRules(answer);
  const ask = offices(answer);
  return (
    <article className="verdict" aria-label={t('verdict.title')}>
      <VerdictHead answer={answer} />
      <Questions questions={answer.questions} onAnswer={props.onAnswer} />
      <Certainties layers={answer.layers} accuracy_m={props.accuracy_m ?? null} />
      <AffectedZones layers={layers.affected} colours={props.zoneColours} />
      {ask.length > 0 && (
        <section className="verdict-part">
          <h3>{t('verdict.ask')}</h3>
          {ask.map((office) => (
            <OfficeLine key={office.id} office={office} />
          ))}
        </section>
      )}
      {props.children}
      {deciding !== null && (
        <section className="verdict-part" data-testid="deciding-rule">
          <h3>{t('verdict.deciding')}</h3>
          <RuleText found={deciding} articlesOpen={1} />
          <p className="no-print">
            <Link href={`/rules?activity=${answer.activity}&rule=${deciding.rule.id}`} testId="to-rules">
              {t('rules.all')}
            </Link>
          </p>
        </section>
      )}
      <SizeRemarks remarks={answer.remarks ?? []} />
      <Unanswered layers={layers.unanswered} />
      <section className="verdict-part">
        <h3>{t('verdict.land_use')}</h3>
        <LandUseShares
          shares={answer.land_use}
          colours={props.classColours}
          uncovered_m2={answer.uncovered_m2}
        />
      </section>
      {answer.not_examined.length > 0 && (
        <section className="verdict-part" data-testid="not-examined">
          <h3>{t('verdict.not_examined')}</h3>
          <ul className="plain-list">
            {answer.not_examined.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      {further.length > 0 && (
        <details className="verdict-part">
          <summary>
            {t('verdict.further', { n: further.length })} <Icon name="down" />
          </summary>
          {further.map((found) => (
            <RuleText key={`${found.layer.layer} ${found.rule.id}`} found={found} articlesOpen={0} />
          ))}
        </details>
      )}
      <details className="verdict-part">
        <summary data-testid="show-layers">
          {t('verdict.layers', { n: answer.layers.length })} <Icon name="down" />
        </summary>
        <LayerTable layers={answer.layers} />
      </details>
      <section className="verdict-part verdict-foot">
        <p>
          {t('verdict.as_of', { as_of: day(answer.as_of), created: moment(answer.created_at, language) })}
        </p>
        <p>{t('verdict.caution')}</p>
        {answer.demonstration && <p className="demo-notice">{t('demo.notice')}</p>}
        <p className="fingerprint">
          {t('verdict.rules_version', { version: answer.rules_version.slice(0, 12) })}
        </p>
      </section>
      <ShareRow id={answer.id} opened={props.opened} />
    </article>
  );
}
