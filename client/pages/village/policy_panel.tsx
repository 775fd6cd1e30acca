import type { Village } from '../../../server/contract/index.ts';
import { useText } from '../../text/use_text.tsx';

/** The rules in plain words. */
export function PolicyPanel(props: { village: Village }) {
  const { t } = useText();
  const { policies } = props.village;
  if (policies.length === 0) return <p className="card empty">{t('policies.none')}</p>;
  return (
    <ul className="policies">
      {policies.map((policy) => (
        <li key={policy.title} className="card">
          <h2>{policy.title}</h2>
          <p>{policy.text}</p>
        </li>
      ))}
    </ul>
  );
}
