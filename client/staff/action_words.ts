import type { SectionTexts } from '../components/text_section.tsx';
import type { StaffKey } from './staff_text.ts';

/** What was done, in words; an action that has none yet is shown as the trail names it. */
export function actionWords(action: string, t: SectionTexts<StaffKey>['t']): string {
  const words: Readonly<Record<string, StaffKey>> = {
    'session.start': 'action.session.start',
    'session.end': 'action.session.end',
    'session.end_all': 'action.session.end_all',
    'account.create': 'action.account.create',
    'account.edit': 'action.account.edit',
    'account.change_password': 'action.account.change_password',
    'account.set_password': 'action.account.set_password',
    'account.password_link': 'action.account.password_link',
    'account.second_factor_on': 'action.account.second_factor_on',
    'account.second_factor_off': 'action.account.second_factor_off',
    'account.second_factor_reset': 'action.account.second_factor_reset',
    'account.delete': 'action.account.delete',
    'account.export': 'action.account.export',
    'api_token.create': 'action.api_token.create',
    'api_token.revoke': 'action.api_token.revoke',
    'audit.export': 'action.audit.export',
    'audit.verify': 'action.audit.verify',
    'installation.set_up': 'action.installation.set_up',
    'file.create': 'action.file.create',
    'file.delete': 'action.file.delete',
    'file.accept': 'action.file.accept',
    'file.reject': 'action.file.reject',
    'job.create': 'action.job.create',
    'job.cancel': 'action.job.cancel',
    'job.retry': 'action.job.retry',
    'check.delete': 'action.check.delete',
    'account.forget': 'action.account.forget',
    'account.link_external': 'action.account.link_external',
    'account.unlink_external': 'action.account.unlink_external',
    'job.start': 'action.job.start',
    'backup.start': 'action.backup.start',
    'installation.restore': 'action.installation.restore',
    'retention.run': 'action.retention.run',
    'retention.put_off': 'action.retention.put_off',
  };
  return Object.hasOwn(words, action) ? t(words[action]!) : action;
}
