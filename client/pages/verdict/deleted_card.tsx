import { Header } from '../../components/header.tsx';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { Main } from '../../components/main.tsx';
import { useText } from '../../text/use_text.tsx';

/** In the place of a check that has just been deleted. */
export function DeletedCard() {
  const { t } = useText();
  return (
    <div className="page">
      <Header title={t('verdict.title')} />
      <Main className="column">
        <div className="card" role="status" data-testid="check-deleted">
          <h2>
            <Icon name="check" /> {t('delete_check.done')}
          </h2>
          <p>{t('delete_check.done_text')}</p>
          <Link href="/" className="button primary wide">
            <Icon name="home" /> {t('header.home')}
          </Link>
        </div>
      </Main>
    </div>
  );
}
