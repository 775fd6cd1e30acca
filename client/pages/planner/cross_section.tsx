import { useMemo, useState } from 'react';
import { DIMENSIONS, type Dimension, grouped, pivot, type Sorting } from '../../planner/pivot.ts';
import { type Answered, crossBlocks, villageRows } from '../../planner/sums.ts';
import { CrossTable } from './cross_table.tsx';
import { usePlannerText } from './planner_text.ts';

const FIRST: readonly Dimension[] = ['class', 'zone', 'village'];

/** Land class × zone × village × slope × ownership: which zone layer, which village, by what, in which order. */
export function CrossSection({ parcels }: { parcels: readonly Answered[] }) {
  const { t } = usePlannerText();
  const blocks = useMemo(() => crossBlocks(parcels), [parcels]);
  const villages = useMemo(() => villageRows(parcels), [parcels]);
  const [layer, setLayer] = useState<string | null>(null);
  const [village, setVillage] = useState('');
  const [chosen, setChosen] = useState<readonly Dimension[]>(FIRST);
  const [sorting, setSorting] = useState<Sorting>({ by: 'area_m2', down: true });
  const block = blocks.find((each) => each.layer === layer) ?? blocks[0];
  const dimensions = DIMENSIONS.filter((dimension) => chosen.includes(dimension));
  const groups = useMemo(
    () =>
      grouped(
        pivot(
          (block?.rows ?? []).filter((row) => village === '' || row.village_code === village),
          dimensions,
        ),
        sorting,
      ),
    [block, village, dimensions, sorting],
  );
  const toggle = (dimension: Dimension) => {
    const next = chosen.includes(dimension)
      ? chosen.filter((each) => each !== dimension)
      : [...chosen, dimension];
    if (next.length === 0) return;
    setChosen(next);
    setSorting({ by: 'area_m2', down: true });
  };
  if (block === undefined) return null;
  return (
    <section className="card planner-section" aria-labelledby="cross-title" data-testid="cross">
      <h2 id="cross-title">{t('planner.cross')}</h2>
      <div className="cross-controls no-print">
        <label className="field">
          <span>{t('planner.layer')}</span>
          <select
            value={block.layer}
            onChange={(event) => setLayer(event.target.value)}
            data-testid="cross-layer"
          >
            {blocks.map((each) => (
              <option key={each.layer} value={each.layer}>
                {each.title}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('planner.village')}</span>
          <select
            value={village}
            onChange={(event) => setVillage(event.target.value)}
            data-testid="cross-village"
          >
            <option value="">{t('planner.all_villages')}</option>
            {villages.map(({ code, name }) => (
              <option key={code} value={code ?? ''}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="cross-dimensions">
          <legend>{t('planner.by')}</legend>
          <div className="chips">
            {DIMENSIONS.map((dimension) => (
              <button
                key={dimension}
                type="button"
                className="chip"
                aria-pressed={chosen.includes(dimension)}
                onClick={() => toggle(dimension)}
                data-testid={`by-${dimension}`}
              >
                {t(`planner.by.${dimension}`)}
              </button>
            ))}
          </div>
        </fieldset>
      </div>
      {block.missing.length > 0 && (
        <p role="note" className="note note-warning">
          {t('planner.cross_missing', { layer: block.title, parcels: block.missing.join('、') })}
        </p>
      )}
      <CrossTable
        block={block}
        groups={groups}
        dimensions={dimensions}
        sorting={sorting}
        onSort={setSorting}
        parcels={parcels}
      />
    </section>
  );
}
