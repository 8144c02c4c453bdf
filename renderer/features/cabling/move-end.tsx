/** Asks where an end of a cable is now. */
import { useState, type ReactNode } from 'react';
import type { CableEnd } from '../../../shared/features/cabling/ends.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { Ask } from './ask.tsx';
import { EndPicker } from './end-picker.tsx';

export function MoveEnd({ id, end, onClose }: { id: string; end: 'a' | 'b'; onClose: () => void }): ReactNode {
  const t = useText();
  const [to, setTo] = useState<CableEnd | null>(null);
  return (
    <Ask
      title={`${t('cabling.end.move')} · ${t(`cabling.end.${end}`)}`}
      ok={t('cabling.save')}
      ready={to !== null}
      run={async () => void (await client.cabling.updateCable({ id, changes: {}, [end]: to }))}
      onClose={onClose}
    >
      <EndPicker label={t(`cabling.end.${end}`)} onChange={setTo} />
    </Ask>
  );
}
