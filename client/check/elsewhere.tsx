import { villagesNear } from '../api/near.ts';
import { useResource } from '../api/use_resource.ts';
import { FailureCard } from '../components/failure_card.tsx';
import { Icon } from '../components/icon.tsx';
import { Link } from '../components/link.tsx';
import { pathText } from '../text/place_names.ts';
import { useText } from '../text/use_text.tsx';

const ASKED = 2;

/** Somebody stands outside the village whose page is open: says so, and offers the village where they are. */
export function Elsewhere(props: {
  position: readonly [number, number];
  village: { code: string; name: string };
  /** shapes lie there, and nobody stands there: they are taken along to the village that is opened */
  onOpen?: (code: string) => void;
}) {
  const { t, language } = useText();
  const { position, village, onOpen } = props;
  const near = useResource(`${position.join()} ${language}`, (signal) =>
    villagesNear(position, ASKED, signal),
  );
  const { resource } = near;
  const other =
    resource.state === 'ready' ? resource.value.villages.find(({ code }) => code !== village.code) : null;
  return (
    <div
      className="card elsewhere"
      role="alert"
      data-testid="elsewhere"
      onClickCapture={() => other != null && onOpen?.(other.code)}
    >
      <p className="failure-title">
        <Icon name="warning" />{' '}
        {onOpen === undefined
          ? t('stand.outside', { village: village.name })
          : other == null
            ? t('upload.outside', { village: village.name })
            : t('upload.elsewhere', { other: other.name, village: village.name })}
      </p>
      {resource.state === 'failed' && <FailureCard failure={resource.failure} onRetry={near.retry} />}
      {other === undefined && onOpen === undefined && <p>{t('stand.nobody')}</p>}
      {other != null && (
        <>
          <Link href={`/v/${other.code}`} className="button wide" testId="open-elsewhere">
            <Icon name="pin" /> {t('stand.open', { village: other.name })}
          </Link>
          <p className="quiet">
            {pathText(other, language)}
            {onOpen === undefined && ` · ${t('stand.open_text')}`}
          </p>
        </>
      )}
    </div>
  );
}
