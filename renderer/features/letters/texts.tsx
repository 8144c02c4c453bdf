/** The text of the letter: edited into a new version; the old ones stay to be read, with how many letters still stand under each. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, InputNumber } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { LetterText } from '../../../shared/features/letters.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { FormFoot } from '../../ui/form/foot.tsx';
import { useKey } from '../../ui/keys.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';

export function LetterTexts({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(
    rpc.letters.texts.queryOptions({ meta: { tables: ['letter_texts', 'people'] } }),
  );
  const [current] = data ?? [];
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || !current)
    return (
      <Sheet open title={t('letters.texts')} onClose={onClose}>
        <Loading />
      </Sheet>
    );
  return <TextForm key={current.version} texts={data} current={current} onClose={onClose} />;
}

function TextForm({
  texts,
  current,
  onClose,
}: {
  texts: readonly LetterText[];
  current: LetterText;
  onClose: () => void;
}): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const [title, setTitle] = useState(current.title);
  const [body, setBody] = useState(current.body);
  const [months, setMonths] = useState<number | null>(current.months);
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const same = title === current.title && body === current.body && months === current.months;
  const save = async (): Promise<void> => {
    if (saving) return;
    if (same) return setFailure(t('letters.sameText'));
    setSaving(true);
    setFailure(null);
    try {
      const made = await client.letters.addText({ title, body, months: months ?? 0 });
      say.done(t('letters.textSaved', { version: made.version }));
    } catch (error) {
      setFailure(sentenceOf(error, t));
    } finally {
      setSaving(false);
    }
  };
  useKey('ctrl+enter', () => void save());
  return (
    <Sheet
      open
      width={720}
      title={t('letters.texts')}
      onClose={onClose}
      actions={<Button onClick={() => go('print/blank/F-19')}>{t('letters.printBlank')}</Button>}
      footer={<FormFoot failure={failure} saving={saving} onSave={() => void save()} onClose={onClose} />}
    >
      <div className="form">
        <Alert className="detail-note" type="info" showIcon title={t('letters.textHint')} />
        <div className="field">
          <label htmlFor={`${id}-title`}>{t('letters.textTitle')}</label>
          <Input id={`${id}-title`} value={title} onChange={(event) => setTitle(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-months`}>{t('letters.months')}</label>
          <InputNumber id={`${id}-months`} min={1} max={120} precision={0} value={months} onChange={setMonths} />
        </div>
        <div className="field whole">
          <label htmlFor={`${id}-body`}>{t('letters.textBody')}</label>
          <Input.TextArea
            id={`${id}-body`}
            autoSize={{ minRows: 12, maxRows: 24 }}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </div>
      </div>
      <section className="details">
        <h3>{t('letters.versions')}</h3>
        <ul className="links letter-versions">
          {texts.map((text) => (
            <li key={text.id ?? 'own'}>
              <span>
                {text.id === null ? t('letters.builtIn') : t('letters.version', { version: text.version })} {text.title}
              </span>
              <span>{text.at === null ? '' : `${showMoment(text.at)} ${text.author.split('@')[0] ?? ''}`}</span>
              <span>{t('letters.inForce', { n: text.signed.toLocaleString() })}</span>
              {text.id === current.id ? null : (
                <button
                  type="button"
                  className="text-button"
                  onClick={() => {
                    setTitle(text.title);
                    setBody(text.body);
                    setMonths(text.months);
                  }}
                >
                  {t('letters.takeUp')}
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
    </Sheet>
  );
}
