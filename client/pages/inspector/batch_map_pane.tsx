import { useEffect, useMemo, useRef, useState } from 'react';
import type { BatchDetail, BatchItemDetail, BatchMap } from '../../../server/contract/index.ts';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { MapPane } from '../../components/map_pane.tsx';
import { useLegend } from '../../components/use_legend.ts';
import type { ListParams } from '../../inspector/item_query.ts';
import { itemTone } from '../../inspector/item_view.ts';
import { batchShapes } from '../../inspector/map_shapes.ts';
import { boundsOf, padded } from '../../map/bounds.ts';
import type { MapControls, MapLand, MapShape } from '../../map/types.ts';
import { useInspectorText } from './inspector_text.ts';
import { itemAddress } from './item_address.ts';
import { itemName, toneIcon } from './item_words.ts';
import { MapKey } from './map_key.tsx';
import { useBatchMap } from './use_batch_map.ts';

const ROOM = 0.05;
const ROOM_OF_ONE = 1.5;
const ignore = () => undefined;

type Feature = BatchMap['features'][number];

/** What was tapped, in words, and the way to it. */
function Tapped(props: {
  feature: Feature;
  batch: string;
  first: string;
  params: ListParams;
  onClose(): void;
}) {
  const { t } = useInspectorText();
  const { status, layers, index } = props.feature.properties;
  const tone = itemTone(status, layers, props.first);
  return (
    <div className="picked tapped" role="status" data-testid="tapped">
      <p className={`tone-${tone}`}>
        <Icon name={toneIcon[tone]} />{' '}
        <Link href={itemAddress(props.batch, index, props.params, null)} testId="open-tapped">
          {itemName(props.feature.properties, t)}
        </Link>{' '}
        <small>{t(`over_all.${status}`)}</small>
      </p>
      <button type="button" className="icon-button" aria-label={t('map.close')} onClick={props.onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** All shapes of a batch on the land of some of their villages; the one that is open or pointed at stands out. */
export function BatchMapPane(props: {
  batch: BatchDetail;
  first: string;
  firstTitle: string;
  round: number;
  land: MapLand;
  open: BatchItemDetail | null;
  lit: string | null;
  tapped: string | null;
  params: ListParams;
  onTap(index: string | null): void;
  onHover(index: string | null): void;
}) {
  const { t, language } = useInspectorText();
  const { batch, first, open, tapped } = props;
  const legend = useLegend();
  const [controls, setControls] = useState<MapControls | null>(null);
  const { map, onMoved } = useBatchMap(batch, props.round, language);
  const shapes = useMemo<MapShape[]>(() => {
    const all = map === null ? [] : batchShapes(map, first);
    if (open === null || open.geometry === null) return all;
    const exact = open.geometry as MapShape['geometry'];
    return all.map((shape) => (shape.id === String(open.index) ? { ...shape, geometry: exact } : shape));
  }, [map, first, open]);
  const visible = useMemo(() => new Set([first]), [first]);
  const home = batch.bbox;
  const fitted = useRef<number | null>(null);
  useEffect(() => {
    const now = open?.index ?? null;
    if (controls === null || fitted.current === now) return;
    fitted.current = now;
    const target = open?.geometry == null ? home : boundsOf([open.geometry as MapShape['geometry']]);
    if (target !== null) controls.fit(now === null ? target : padded(target, ROOM_OF_ONE));
  }, [controls, open, home]);
  if (home === null || legend.resource.state === 'loading') return <div className="batch-map" />;
  const feature = tapped === null ? undefined : map?.features.find(({ id }) => String(id) === tapped);
  return (
    <div className="batch-map" data-testid="batch-map">
      <MapPane
        land={props.land}
        classes={legend.classes}
        zones={legend.zones}
        titles={legend.titles}
        visible={visible}
        bounds={padded(home, ROOM)}
        shapes={shapes}
        marker={null}
        drawing={null}
        onDrawing={ignore}
        lit={props.lit}
        onMoved={onMoved}
        onShape={props.onTap}
        onHover={props.onHover}
        onControls={setControls}
      >
        {feature !== undefined && open === null && (
          <Tapped
            feature={feature}
            batch={batch.id}
            first={first}
            params={props.params}
            onClose={() => props.onTap(null)}
          />
        )}
      </MapPane>
      <MapKey first={props.firstTitle} />
      {map !== null && map.left_out > 0 && <p className="quiet">{t('map.left_out', { n: map.left_out })}</p>}
    </div>
  );
}
