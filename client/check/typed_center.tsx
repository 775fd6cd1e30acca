import { useId, useState } from 'react';
import type { Datum } from '../../server/contract/index.ts';
import type { Failure } from '../api/request.ts';
import { postShape } from '../api/shapes.ts';
import { failureOf } from '../api/use_resource.ts';
import { FailureCard } from '../components/failure_card.tsx';
import type { FootprintDraft } from '../draw/footprint.ts';
import { readPosition, type TypedPosition } from '../draw/typed.ts';
import { useText } from '../text/use_text.tsx';
import { DatumChoice } from './datum_choice.tsx';

/** The typed position as lon, lat on CGCS2000: by the server where it stands in a zone or is shifted (GCJ-02). */
async function resolve(
  { coordinates, crs }: TypedPosition,
  datum: Datum | null,
  { width_m, depth_m, bearing_deg }: FootprintDraft,
): Promise<[number, number]> {
  if (crs === null && datum !== 'gcj02') return coordinates;
  const footprint = { center: coordinates, width_m, depth_m, bearing_deg };
  const system = crs !== null ? { crs } : datum !== null ? { datum } : {};
  const [west, south, east, north] = (await postShape({ footprint, ...system })).bbox;
  return [(west + east) / 2, (south + north) / 2];
}

/** The centre of a footprint as typed coordinates: the way without map and without positioning. */
export function TypedCenter(props: {
  footprint: FootprintDraft;
  datum: Datum | null;
  onDatum(datum: Datum): void;
  onCenter(center: [number, number]): void;
}) {
  const { t } = useText();
  const id = useId();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<'position' | 'datum' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const position = readPosition(text);
  const put = async () => {
    setFailure(null);
    if (position === null) return setWrong('position');
    if (position.crs === null && props.datum === null) return setWrong('datum');
    setWrong(null);
    try {
      props.onCenter(await resolve(position, props.datum, props.footprint));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  return (
    <form
      className="typed-center"
      onSubmit={(event) => {
        event.preventDefault();
        void put();
      }}
    >
      <div className="field">
        <label htmlFor={id}>
          <span>{t('footprint.typed_label')}</span>
        </label>
        <input
          id={id}
          value={text}
          autoComplete="off"
          aria-invalid={wrong === 'position'}
          onChange={(event) => setText(event.target.value)}
          data-testid="typed-center"
        />
        <small>{t('footprint.typed_hint')}</small>
      </div>
      {position?.crs == null && <DatumChoice datum={props.datum} onDatum={props.onDatum} />}
      {wrong !== null && (
        <p role="alert" className="wrong">
          {t(wrong === 'position' ? 'footprint.typed_wrong' : 'typed.datum_missing')}
        </p>
      )}
      {failure !== null && <FailureCard failure={failure} onRetry={() => void put()} />}
      <button type="submit" className="button" data-testid="put-typed-center">
        {t('footprint.put')}
      </button>
    </form>
  );
}
