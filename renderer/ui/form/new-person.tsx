/** Somebody the register does not know yet, registered from the picker: on a first day everybody is new. */
import { useState, type ReactNode } from 'react';
import { needsSponsor, people } from '../../../shared/features/people.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../say.ts';

/** Who is here for a time needs a sponsor and a last day: that takes the whole form. */
const identities = people.fields.identity.options.filter((identity) => !needsSponsor(identity));
/** Chinese characters, or several words: initials and pinyin are typed to look for somebody, not to say who he is. */
const isName = (written: string): boolean => /^(\p{Script=Han}{2,}[·\p{Script=Han}]*|\p{L}+( \p{L}+)+)$/u.test(written);

export function NewPerson({ name, onAdded }: { name: string; onAdded: (id: string) => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  if (!isName(name)) return null;
  const add = async (identity: (typeof identities)[number]): Promise<void> => {
    setBusy(true);
    try {
      const { id } = await client.people.create({ name, identity, letter: 'unsigned', status: 'active' });
      say.done(t('form.personAdded', { name }));
      onAdded(id);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="new-person" role="group" aria-label={t('form.personAdd', { name })}>
      <p>{t('form.personAdd', { name })}</p>
      {identities.map((identity) => (
        <button
          key={identity}
          type="button"
          className="row-button"
          disabled={busy}
          // the picker closes when it loses the keyboard
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void add(identity)}
        >
          {optionLabel(t, 'people', 'identity', identity)}
        </button>
      ))}
      <p className="field-hint">{t('form.personForTime')}</p>
    </div>
  );
}
