import { useMemo, useState } from 'react';
import { CheckPanel } from '../../check/check_panel.tsx';
import { mapShapes } from '../../check/map_shapes.ts';
import { middleOf } from '../../check/place_of.ts';
import type { WorkShape } from '../../check/shapes.ts';
import { useLandAround } from '../../check/use_land_around.ts';
import { useWays } from '../../check/use_ways.ts';
import { useWorkspace } from '../../check/use_workspace.ts';
import { WayPanel } from '../../check/way_panel.tsx';
import { Header } from '../../components/header.tsx';
import { Main } from '../../components/main.tsx';
import { ShapesMap } from '../../components/shapes_map.tsx';
import { useLegend } from '../../components/use_legend.ts';
import { useTitle } from '../../components/use_title.ts';
import { boundsOf } from '../../map/bounds.ts';
import type { MapControls } from '../../map/types.ts';
import { useText } from '../../text/use_text.tsx';

/** The check for whoever has a file and no village: upload, see what was read, ask. */
export default function FilePage() {
  const { t } = useText();
  useTitle(t('file.document_title'));
  const legend = useLegend();
  const bench = useWorkspace('file');
  const [controls, setControls] = useState<MapControls | null>(null);
  const [marker, setMarker] = useState<[number, number] | null>(null);
  const ways = useWays(bench, controls);
  const put = useMemo(() => mapShapes(bench.work), [bench.work]);
  const shapes = ways.preview ?? put;
  const show = (shown: WorkShape[]) => {
    const bounds = boundsOf(shown.map((shape) => shape.geometry));
    if (bounds !== null) controls?.fit(bounds);
  };
  const place = middleOf(bench.work.shapes);
  const around = useLandAround(place);
  const land = legend.classes.length > 0 ? around : null;
  const withMap = shapes.length > 0;
  const placing = controls !== null && (ways.way === 'footprint' || ways.way === 'stand');
  return (
    <div className="page workspace">
      <Header title={t('file.title')} subtitle={t('file.subtitle')} />
      <div className={`split ${withMap ? '' : 'no-map'} ${placing ? 'is-placing' : ''}`}>
        {withMap && (
          <ShapesMap
            key={`${bench.work.upload?.answer.id ?? ''} ${land === null ? 'paper' : 'land'}`}
            shapes={shapes}
            land={land}
            legend={legend}
            marker={marker}
            placing={ways.placing}
            onControls={setControls}
          />
        )}
        <Main className="panel">
          <WayPanel bench={bench} ways={ways} map={controls} home={null} onShow={show} />
          <div className="panel-main" hidden={ways.way !== null}>
            <CheckPanel
              bench={bench}
              colours={legend.colours}
              draw={null}
              onWay={ways.open}
              onShow={(shape) => {
                window.scrollTo({ top: 0 });
                show([shape]);
              }}
              onShowPlace={controls === null ? undefined : setMarker}
            />
          </div>
        </Main>
      </div>
    </div>
  );
}
