import type { Village } from '../../../server/contract/index.ts';
import { useText } from '../../text/use_text.tsx';
import { OfficeLine } from '../../verdict/office_line.tsx';

/** Whom to ask in this village. */
export function ContactPanel(props: { village: Village }) {
  const { t } = useText();
  const { contacts } = props.village;
  if (contacts.length === 0) return <p className="card empty">{t('contacts.none')}</p>;
  return (
    <div className="card">
      {contacts.map((contact) => (
        <OfficeLine key={`${contact.name} ${contact.phone}`} office={contact} />
      ))}
    </div>
  );
}
