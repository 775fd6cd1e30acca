import type { MapShape } from '../map/types.ts';
import type { Workspace } from './workspace.ts';

/** The work table's shapes as the map shows them: coloured by what came of each. */
export function mapShapes(work: Pick<Workspace, 'shapes' | 'selected' | 'outcomes'>): MapShape[] {
  return work.shapes.map((shape) => {
    const outcome = work.outcomes[shape.id];
    const tone =
      outcome?.state === 'answered'
        ? outcome.answer.outcome
        : work.selected.includes(shape.id)
          ? 'selected'
          : 'plain';
    return { id: shape.id, geometry: shape.geometry, tone };
  });
}
