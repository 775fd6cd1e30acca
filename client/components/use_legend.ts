import { useMemo } from 'react';
import { getLegend, type Legend } from '../api/legend.ts';
import { type Resource, useResource } from '../api/use_resource.ts';
import { outlineShade } from '../map/colour.ts';
import type { LayerStyle } from '../map/types.ts';
import { useText } from '../text/use_text.tsx';

const NOTHING: Legend = { land_classes: [], layers: [] };

export interface LegendView {
  resource: Resource<Legend>;
  retry(): void;
  classes: Legend['land_classes'];
  /** zones in the order of the legend, in the shade that the map draws */
  zones: LayerStyle[];
  titles: ReadonlyMap<string, string>;
  colours: { zones: ReadonlyMap<string, string>; classes: ReadonlyMap<string, string> };
}

/** The legend of the server, arranged for map and panels; empty until it has come. */
export function useLegend(): LegendView {
  const { language } = useText();
  const { resource, retry } = useResource(`legend ${language}`, getLegend);
  const legend = resource.state === 'ready' ? resource.value : NOTHING;
  return useMemo(() => {
    const zones = legend.layers
      .filter((layer) => layer.kind !== 'land_use')
      .map(({ layer, title, colour }) => ({ layer, title, colour: outlineShade(colour) }));
    return {
      resource,
      retry,
      classes: legend.land_classes,
      zones,
      titles: new Map(legend.layers.map(({ layer, title }) => [layer, title])),
      colours: {
        zones: new Map(zones.map(({ layer, colour }) => [layer, colour])),
        classes: new Map(legend.land_classes.map(({ code, colour }) => [code, colour])),
      },
    };
  }, [resource, retry, legend]);
}
