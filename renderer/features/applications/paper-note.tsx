/** What paper an address is opened on: the signed application, the letter, or none of them, which is said and kept on record. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { State } from '../../ui/state.tsx';
import './paper-note.css';

interface PaperNoteProps {
  /** The application the address is opened from; null: none. */
  readonly application: string | null;
  /** Set where the letter is not in order. */
  readonly letter: 'unsigned' | 'expired' | null;
  /** It is not for this application after all. */
  readonly onDrop: () => void;
  /** Where the reason is typed, when nothing was signed. */
  readonly reason: ReactNode;
}

export function PaperNote({ application, letter, onDrop, reason }: PaperNoteProps): ReactNode {
  const t = useText();
  const { data } = useQuery({
    ...rpc.applications.get.queryOptions({ input: { id: application ?? '' }, meta: { tables: ['applications'] } }),
    enabled: application !== null,
  });
  const isSigned = data?.application.state === 'signed';
  const bare = letter !== null && !isSigned && (application === null || data !== undefined);
  return (
    <>
      {application === null ? null : (
        <div className="whole paper-note">
          <State tone={isSigned ? 'good' : 'warn'}>
            {t(isSigned ? 'applications.fromApplication' : 'applications.fromUnsigned', {
              number: data?.application.number ?? '…',
            })}
          </State>
          <button type="button" className="text-button" onClick={onDrop}>
            {t('applications.drop')}
          </button>
        </div>
      )}
      {letter === null ? null : (
        <div className="whole">
          <State tone="warn">{t(`ipam.letter.${letter}`)}</State>
        </div>
      )}
      {bare ? (
        <div className="whole reason-line">
          {reason}
          <p className="field-hint warn-hint">{t('applications.unsigned')}</p>
        </div>
      ) : null}
    </>
  );
}
