import { useId, useState } from 'react';
import type { NewBatch } from '../../../server/contract/index.ts';
import { Icon } from '../../components/icon.tsx';
import { useFileDrop } from '../../components/use_file_drop.ts';
import { ExpectedFile } from './expected_file.tsx';
import { useInspectorText } from './inspector_text.ts';
import { NewBatchForm } from './new_batch_form.tsx';

/** Takes a file by button or by drag and drop, then what is said of it. `teach`: what file is expected stands open. */
export function BatchDrop(props: { teach: boolean; onDone(batch: NewBatch): void }) {
  const { t } = useInspectorText();
  const id = useId();
  const [chosen, setChosen] = useState<{ file: File; count: number } | null>(null);
  const choose = (file: File) => setChosen((before) => ({ file, count: (before?.count ?? 0) + 1 }));
  const over = useFileDrop(choose);
  if (chosen !== null)
    return (
      <NewBatchForm
        key={chosen.count}
        file={chosen.file}
        onDone={props.onDone}
        onCancel={() => setChosen(null)}
      />
    );
  return (
    <section className="card no-print" aria-label={t('drop.label')}>
      <div className={`upload upload-large ${over ? 'is-over' : ''}`}>
        <input
          id={id}
          className="hidden-input"
          type="file"
          accept=".zip,.gpkg,.geojson,.json,.kml,.kmz,.txt,.csv,.xlsx,application/zip,application/geo+json,application/geopackage+sqlite3"
          data-testid="batch-file"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) choose(file);
          }}
        />
        <label htmlFor={id} className="button primary">
          <Icon name="upload" /> {t('drop.choose')}
        </label>
        <p className="drop-here">{t('drop.here')}</p>
      </div>
      {props.teach ? (
        <>
          <h2>{t('expected.title')}</h2>
          <ExpectedFile />
        </>
      ) : (
        <details>
          <summary>
            {t('expected.title')} <Icon name="down" size={20} />
          </summary>
          <ExpectedFile />
        </details>
      )}
    </section>
  );
}
