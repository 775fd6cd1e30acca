import { useEffect, useRef } from 'react';
import { AreaLine } from '../components/area_line.tsx';
import { Icon } from '../components/icon.tsx';
import { roughSquareMetres } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';
import type { Doubt } from './usual_sizes.ts';

/** Asks before something is checked that is far too large for what it is to be. */
export function DoubtCard(props: { doubt: Doubt; onChange(): void; onGo(): void }) {
  const { t } = useText();
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'center' });
  }, []);
  const { activity, shape, area_m2, most_m2 } = props.doubt;
  return (
    <div ref={card} className="card doubt" role="alert" data-testid="doubt">
      <p className="failure-title">
        <Icon name="warning" /> {t('doubt.title')}
      </p>
      <p>
        <AreaLine area_m2={area_m2} official={shape.official} />
      </p>
      <p>{t('doubt.text', { activity: t(`activity.${activity}`), most: roughSquareMetres(most_m2) })}</p>
      <div className="row">
        <button type="button" className="button primary" onClick={props.onChange} data-testid="doubt-change">
          <Icon name="pen" /> {t('doubt.change')}
        </button>
        <button type="button" className="button" onClick={props.onGo} data-testid="doubt-go">
          {t('doubt.go')}
        </button>
      </div>
    </div>
  );
}
