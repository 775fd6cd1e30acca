import type { PrivacyStatement } from '../../../server/contract/index.ts';
import { useText } from '../../text/use_text.tsx';

/** The articles that something rests on; what they say can be opened. */
export function LegalBases(props: { bases: PrivacyStatement['records'][number]['legal_basis'] }) {
  const { t } = useText();
  return (
    <details className="legal-bases">
      <summary>
        {t('privacy.basis')}
        {props.bases.map(({ law, article }) => `${law} ${article}`).join(t('list.separator'))}
      </summary>
      {props.bases.map(({ law, article, says }) => (
        <blockquote key={`${law} ${article}`}>
          <p className="quiet">
            {law} {article}
          </p>
          <p>{says}</p>
        </blockquote>
      ))}
    </details>
  );
}
