import { startBackup } from '../../../api/backups.ts';
import { Icon } from '../../../components/icon.tsx';
import { navigate } from '../../../route.ts';
import { Refusal } from '../../../staff/refusal.tsx';
import { may } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { useTask } from '../../../staff/use_task.ts';
import { useAdminText } from '../admin_text.ts';
import { useSay } from '../parts/notice.tsx';

/** Starts a backup and leads to its job; nothing for whoever may not. */
export function BackupButton() {
  const { t } = useAdminText();
  const me = useMe();
  const say = useSay();
  const task = useTask();
  if (!may(me, 'installation.manage')) return null;
  const start = () =>
    task.run(async () => {
      const { id } = await startBackup();
      say(t('jobs.backup_started'));
      navigate(`/admin/jobs/${id}`);
    });
  return (
    <>
      <button
        type="button"
        className="button primary"
        disabled={task.busy}
        onClick={() => void start()}
        data-testid="start-backup"
      >
        <Icon name="shield" size={20} /> {t(task.busy ? 'admin.working' : 'jobs.backup')}
      </button>
      <Refusal failure={task.failure} />
    </>
  );
}
