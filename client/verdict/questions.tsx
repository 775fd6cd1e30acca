import type { CheckAnswer } from '../../server/contract/index.ts';
import { useText } from '../text/use_text.tsx';

/** Questions whose answer could change the outcome; answering one asks the server again. */
export function Questions(props: {
  questions: CheckAnswer['questions'];
  onAnswer?: ((detail: string, value: string) => void) | undefined;
}) {
  const { t } = useText();
  const { onAnswer } = props;
  if (props.questions.length === 0) return null;
  return (
    <section className="verdict-part questions" data-testid="questions">
      <h3>{t('verdict.questions')}</h3>
      {props.questions.map((question) => (
        <fieldset key={question.detail}>
          <legend>{question.text}</legend>
          <div className="chips">
            {question.options.map((option) =>
              onAnswer === undefined ? (
                <span key={option.value} className="chip">
                  {option.text}
                </span>
              ) : (
                <button
                  key={option.value}
                  type="button"
                  className="chip"
                  onClick={() => onAnswer(question.detail, option.value)}
                >
                  {option.text}
                </button>
              ),
            )}
          </div>
        </fieldset>
      ))}
    </section>
  );
}
