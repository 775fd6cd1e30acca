import { useMemo, useState } from 'react';
import { CheckPanel } from '../../check/check_panel.tsx';
import { mapShapes } from '../../check/map_shapes.ts';
import { useWorkspace } from '../../check/use_workspace.ts';
import { Header } from '../../components/header.tsx';
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
  const shapes = useMemo(() => mapShapes(bench.work), [bench.work]);
  const withMap = shapes.length > 0;
  return (
    <div className="page workspace">
      <Header title={t('file.title')} subtitle={t('file.subtitle')} />
      <div className={`split ${withMap ? '' : 'no-map'}`}>
        {withMap && (
          <ShapesMap
            key={bench.work.upload?.answer.id ?? ''}
            shapes={shapes}
            land={null}
            legend={legend}
            marker={marker}
            onControls={setControls}
          />
        )}
        <main className="panel">
          <CheckPanel
            bench={bench}
            colours={legend.colours}
            draw={null}
            onShow={(shape) => {
              const bounds = boundsOf([shape.geometry]);
              window.scrollTo({ top: 0 });
              if (bounds !== null) controls?.fit(bounds);
            }}
            onShowPlace={controls === null ? undefined : setMarker}
          />
        </main>
      </div>
    </div>
  );
}
