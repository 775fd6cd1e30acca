import { type ReactNode, useContext } from 'react';
import type { Light } from '../../planner/light.ts';
import { LightingContext, useRowLight } from './lighting.ts';
import { usePlannerText } from './planner_text.ts';

/** The name of a row, as the way to its land on the map. */
export function RowButton(props: { parcels: readonly string[]; children: ReactNode }) {
  const { t } = usePlannerText();
  const { show } = useContext(LightingContext);
  return (
    <button
      type="button"
      className="row-button"
      title={t('planner.show_on_map')}
      onClick={() => show(props.parcels)}
    >
      {props.children}
    </button>
  );
}

/** A row of a table that lights up its land, and is lit by it. */
export function LitRow(props: { light: Light; children: ReactNode }) {
  const row = useRowLight(props.light);
  return <tr {...row}>{props.children}</tr>;
}
