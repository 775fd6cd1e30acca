import { Header } from '../../components/header.tsx';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { useText } from '../../text/use_text.tsx';

/** An address that leads nowhere: says so, and where to go from here. */
export function NotFoundPage() {
  const { t } = useText();
  useTitle(t('lost.document_title'));
  return (
    <div className="page">
      <Header title={t('lost.title')} />
      <Main className="column">
        <div className="card" data-testid="not-found">
          <p>{t('lost.text')}</p>
          <p>
            <Link href="/" className="button primary wide">
              <Icon name="home" /> {t('lost.home')}
            </Link>
          </p>
        </div>
      </Main>
    </div>
  );
}
