import { PasswordField } from './password_field.tsx';
import { useStaffText } from './staff_text.ts';

export interface NewPassword {
  password: string;
  again: string;
}
export const NO_PASSWORD: NewPassword = { password: '', again: '' };
export const differ = ({ password, again }: NewPassword) => password !== again;

/** A new password, typed twice. `wrong`: they differ, and somebody has tried to send them. */
export function NewPasswordFields(props: {
  value: NewPassword;
  onValue: (value: NewPassword) => void;
  wrong: boolean;
}) {
  const { t } = useStaffText();
  const { value, onValue } = props;
  return (
    <>
      <PasswordField
        label={t('password.new')}
        testId="new-password"
        autoComplete="new-password"
        hint={t('password.rules')}
        value={value.password}
        onValue={(password) => onValue({ ...value, password })}
      />
      <PasswordField
        label={t('password.again')}
        testId="new-password-again"
        autoComplete="new-password"
        value={value.again}
        onValue={(again) => onValue({ ...value, again })}
      />
      {props.wrong && (
        <p className="refusal" role="alert" data-testid="differ">
          {t('password.differ')}
        </p>
      )}
    </>
  );
}
